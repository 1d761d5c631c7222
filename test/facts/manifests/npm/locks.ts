/** As npm 11 wrote them (`npm install --package-lock-only --lockfile-version N`), for one project with a workspace. */
export const LOCK_1 = `{
  "name": "shop",
  "version": "1.0.0",
  "lockfileVersion": 1,
  "requires": true,
  "dependencies": {
    "@shop/a": {
      "version": "file:packages/a",
      "requires": {
        "is-number": "^7.0.0",
        "local": "file:../../local"
      },
      "dependencies": {
        "is-number": {
          "version": "7.0.0",
          "integrity": "sha512-41Cifkg6e8TylSpdtTpeLVMqvSBEVzTttHvERD741+pnZ8ANv0004MRL43QKPDlK9cGvNp6NZWZUBlbGXYxxng=="
        }
      }
    },
    "fsevents": {
      "version": "2.3.3",
      "integrity": "sha512-5xoDfX+fL7faATnagmWPpbFtwh/R77WmMMqqHGS65C3vvB0YHrgF+B1YmZ3441tMj5n63k0212XNoJwzlhffQw==",
      "optional": true
    },
    "is-number": {
      "version": "6.0.0",
      "integrity": "sha512-Wu1VHeILBK8KAWJUAiSZQX94GmOE45Rg6/538fKwiloUu21KncEkYGPqob2oSZ5mUT73vLGrHQjKw3KMPwfDzg=="
    },
    "is-odd": {
      "version": "3.0.1",
      "integrity": "sha512-CQpnWPrDwmP1+SMHXZhtLtJv90yiyVfluGsX5iNCVkrhQtU3TQHsUWPG9wkdk9Lgd5yNpAg9jQEo90CBaXgWMA==",
      "requires": {
        "is-number": "^6.0.0"
      }
    },
    "isarray": {
      "version": "https://registry.npmjs.org/isarray/-/isarray-2.0.5.tgz",
      "integrity": "sha512-xHjhDr3cNBK0BzdUJSPXZntQUx/mwMS5Rw4A7lPJ90XGAO6ISP/ePDNuo0vhqOZU+UD5JoodwCAAoZQd3FeAKw==",
      "dev": true
    },
    "local": {
      "version": "file:local",
      "requires": {
        "wrappy": "1"
      }
    },
    "num": {
      "version": "npm:is-number@6.0.0",
      "integrity": "sha512-Wu1VHeILBK8KAWJUAiSZQX94GmOE45Rg6/538fKwiloUu21KncEkYGPqob2oSZ5mUT73vLGrHQjKw3KMPwfDzg=="
    },
    "wrappy": {
      "version": "1.0.2",
      "integrity": "sha512-l4Sp/DRseor9wL6EvV2+TuQn63dMkPjZ/sp9XkghTEbV9KlPS1xUsZ3u7/IQO4wxtcFB4bgpQPRcR3QCvezPcQ=="
    }
  }
}
`;
export const LOCK_3 = `{
  "name": "shop",
  "version": "1.0.0",
  "lockfileVersion": 3,
  "requires": true,
  "packages": {
    "": {
      "name": "shop",
      "version": "1.0.0",
      "license": "MIT",
      "workspaces": [
        "packages/*"
      ],
      "dependencies": {
        "is-odd": "3.0.1",
        "local": "file:local",
        "num": "npm:is-number@^6.0.0"
      },
      "devDependencies": {
        "isarray": "https://registry.npmjs.org/isarray/-/isarray-2.0.5.tgz"
      },
      "optionalDependencies": {
        "fsevents": "2.3.3"
      }
    },
    "local": {
      "name": "vendored-pg",
      "version": "8.0.0",
      "dependencies": {
        "wrappy": "1"
      }
    },
    "node_modules/@shop/a": {
      "resolved": "packages/a",
      "link": true
    },
    "node_modules/fsevents": {
      "version": "2.3.3",
      "integrity": "sha512-5xoDfX+fL7faATnagmWPpbFtwh/R77WmMMqqHGS65C3vvB0YHrgF+B1YmZ3441tMj5n63k0212XNoJwzlhffQw==",
      "license": "MIT",
      "optional": true,
      "os": [
        "darwin"
      ],
      "engines": {
        "node": "^8.16.0 || ^10.6.0 || >=11.0.0"
      }
    },
    "node_modules/is-number": {
      "version": "6.0.0",
      "integrity": "sha512-Wu1VHeILBK8KAWJUAiSZQX94GmOE45Rg6/538fKwiloUu21KncEkYGPqob2oSZ5mUT73vLGrHQjKw3KMPwfDzg==",
      "license": "MIT",
      "engines": {
        "node": ">=0.10.0"
      }
    },
    "node_modules/is-odd": {
      "version": "3.0.1",
      "integrity": "sha512-CQpnWPrDwmP1+SMHXZhtLtJv90yiyVfluGsX5iNCVkrhQtU3TQHsUWPG9wkdk9Lgd5yNpAg9jQEo90CBaXgWMA==",
      "license": "MIT",
      "dependencies": {
        "is-number": "^6.0.0"
      },
      "engines": {
        "node": ">=4"
      }
    },
    "node_modules/isarray": {
      "version": "2.0.5",
      "resolved": "https://registry.npmjs.org/isarray/-/isarray-2.0.5.tgz",
      "integrity": "sha512-xHjhDr3cNBK0BzdUJSPXZntQUx/mwMS5Rw4A7lPJ90XGAO6ISP/ePDNuo0vhqOZU+UD5JoodwCAAoZQd3FeAKw==",
      "dev": true,
      "license": "MIT"
    },
    "node_modules/local": {
      "resolved": "local",
      "link": true
    },
    "node_modules/num": {
      "name": "is-number",
      "version": "6.0.0",
      "integrity": "sha512-Wu1VHeILBK8KAWJUAiSZQX94GmOE45Rg6/538fKwiloUu21KncEkYGPqob2oSZ5mUT73vLGrHQjKw3KMPwfDzg==",
      "license": "MIT",
      "engines": {
        "node": ">=0.10.0"
      }
    },
    "node_modules/wrappy": {
      "version": "1.0.2",
      "integrity": "sha512-l4Sp/DRseor9wL6EvV2+TuQn63dMkPjZ/sp9XkghTEbV9KlPS1xUsZ3u7/IQO4wxtcFB4bgpQPRcR3QCvezPcQ==",
      "license": "ISC"
    },
    "packages/a": {
      "name": "@shop/a",
      "version": "0.1.0",
      "dependencies": {
        "is-number": "^7.0.0"
      },
      "devDependencies": {
        "local": "file:../../local"
      },
      "peerDependencies": {
        "is-odd": "*"
      }
    },
    "packages/a/node_modules/is-number": {
      "version": "7.0.0",
      "integrity": "sha512-41Cifkg6e8TylSpdtTpeLVMqvSBEVzTttHvERD741+pnZ8ANv0004MRL43QKPDlK9cGvNp6NZWZUBlbGXYxxng==",
      "license": "MIT",
      "engines": {
        "node": ">=0.12.0"
      }
    }
  }
}
`;

export const MANIFEST = `{
  "name": "shop",
  "version": "1.0.0",
  "private": true,
  "license": "MIT",
  "workspaces": ["packages/*"],
  "dependencies": { "is-odd": "3.0.1", "num": "npm:is-number@^6.0.0", "local": "file:local" },
  "devDependencies": { "isarray": "https://registry.npmjs.org/isarray/-/isarray-2.0.5.tgz" },
  "optionalDependencies": { "fsevents": "2.3.3" }
}
`;
export const MEMBER =
  '{"name":"@shop/a","version":"0.1.0","dependencies":{"is-number":"^7.0.0"},"devDependencies":{"local":"file:../../local"},"peerDependencies":{"is-odd":"*"}}';
export const LOCAL = '{"name":"vendored-pg","version":"8.0.0","dependencies":{"wrappy":"1"}}';
