import { contract } from './contract.js';
import { openRepository } from './imports.js';

contract('git', (cwd, environment) => openRepository({ cwd, environment, backend: 'git' }));
contract('embedded', (cwd, environment) => openRepository({ cwd, environment, backend: 'embedded' }));
