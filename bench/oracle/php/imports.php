<?php
// Prints what PHP's own parser (through the extension ast) finds: one JSON line a file. Paths on standard input.
declare(strict_types=1);

const OWN = ['self', 'static', 'parent', 'int', 'float', 'string', 'bool', 'array', 'mixed', 'void', 'null',
    'never', 'object', 'iterable', 'callable', 'true', 'false'];

final class File
{
    private string $namespace = '';
    private array $aliases = [];
    private array $sites = [];
    private array $used = [];
    private array $named = [];
    private array $declared = [];
    /** Places of tokens: written text → line → offsets. */
    private array $places = [];
    private array $includes = [];

    public function __construct(private string $text)
    {
        $afterInclude = false;
        $isMember = false;
        $isDeclared = false;
        $tokens = array_values(array_filter(\PhpToken::tokenize($text), static fn ($token) => !$token->isIgnorable()));
        foreach ($tokens as $i => $token) {
            // `f(name: 1)` names a parameter.
            $isMember = $isMember || ($tokens[$i + 1] ?? null)?->text === ':' && in_array($tokens[$i - 1]->text, ['(', ','], true)
                || ($tokens[$i - 1] ?? null)?->is(\T_FUNCTION) && ($tokens[$i + 1] ?? null)?->text === '(';
            if ($afterInclude) {
                $this->includes[] = $token->pos;
            }
            $afterInclude = !$isMember && !$isDeclared && $token->is([\T_INCLUDE, \T_INCLUDE_ONCE, \T_REQUIRE, \T_REQUIRE_ONCE]);
            if (!$isMember && $token->is([\T_STRING, \T_NAME_QUALIFIED, \T_NAME_FULLY_QUALIFIED, \T_NAME_RELATIVE, \T_ENUM])) {
                $written = preg_replace('/^namespace\\\\/i', 'namespace\\', $token->text);
                $this->places[$written][$token->line][] = $token->pos;
            }
            $isMember = $token->is([\T_OBJECT_OPERATOR, \T_NULLSAFE_OBJECT_OPERATOR, \T_PAAMAYIM_NEKUDOTAYIM]);
            $isDeclared = $token->is(\T_FUNCTION);
        }
    }

    public function read(): array
    {
        $this->visit(\ast\parse_code($this->text, 90), null);
        foreach ($this->named as $key => $site) {
            if (!isset($this->used[$key]) && !isset($this->declared[$key])) {
                $this->sites[] = $site;
            }
        }
        return array_map(function (array $site): array {
            $at = $site['at'];
            unset($site['at']);
            $before = substr($this->text, 0, $at);
            $line = substr_count($before, "\n");
            $column = substr($before, (int) strrpos("\n".$before, "\n"));
            return $site + [
                'line' => $line + 1,
                'column' => intdiv(strlen((string) iconv('UTF-8', 'UTF-16LE', $column)), 2) + 1,
            ];
        }, $this->sites);
    }

    /** The offset of a name on a line; a name that begins before the node's line is found all the same. */
    private function place(string $written, int $line): int
    {
        $places = $this->places[$written] ?? [];
        return $places[$line][0] ?? throw new \LogicException("$written is not on line $line");
    }

    private function last(string $name): string
    {
        return substr($name, (int) strrpos('\\'.$name, '\\'));
    }

    private function visit(mixed $node, ?\ast\Node $parent): void
    {
        if (!$node instanceof \ast\Node) {
            return;
        }
        switch ($node->kind) {
            case \ast\AST_NAMESPACE:
                $this->namespace = $node->children['name'] ?? '';
                $this->aliases = [];
                $this->visit($node->children['stmts'], $node);
                if ($node->children['stmts'] !== null) {
                    $this->namespace = '';
                    $this->aliases = [];
                }
                return;
            case \ast\AST_USE:
                $this->uses('', $node, $node->flags);
                return;
            case \ast\AST_GROUP_USE:
                $this->uses($node->children['prefix'].'\\', $node->children['uses'], $node->flags);
                return;
            case \ast\AST_CLASS:
                if (!($node->flags & \ast\flags\CLASS_ANONYMOUS)) {
                    $this->declare('', $node->children['name']);
                }
                break;
            case \ast\AST_FUNC_DECL:
                $this->declare('function', $node->children['name']);
                break;
            case \ast\AST_NAME:
                $this->name($node, $parent);
                return;
            case \ast\AST_INCLUDE_OR_EVAL:
                if ($node->flags !== \ast\flags\EXEC_EVAL) {
                    $path = $this->path($node->children['expr']);
                    if ($path !== null && $path[0] && !str_starts_with($path[1], '/')) {
                        $path = null;
                    }
                    if ($path === null || $path[1] === '' || str_contains($path[1], "\0")) {
                        $path = [true, null];
                    } elseif ($path[0]) {
                        $path[1] = '.'.$path[1];
                    }
                    $this->sites[] = [
                        'specifier' => $path[1],
                        'kind' => 'require',
                        'form' => $path[0] ? 'include' : 'include-path',
                        'at' => array_shift($this->includes),
                    ];
                }
                break;
        }
        foreach ($node->children as $child) {
            $this->visit($child, $node);
        }
    }

    private function uses(string $prefix, \ast\Node $list, int $flags): void
    {
        foreach ($list->children as $one) {
            $form = match ($flags ?: $one->flags) {
                \ast\flags\USE_FUNCTION => 'function',
                \ast\flags\USE_CONST => 'const',
                default => 'use',
            };
            $written = $one->children['name'];
            $name = ltrim($prefix.$written, '\\');
            if ($form === 'use') {
                $this->aliases[strtolower($one->children['alias'] ?? $this->last($name))] = $name;
            }
            $this->used[($form === 'use' ? '' : $form).':'.strtolower($name)] = true;
            $at = null;
            foreach ([$written, '\\'.$written] as $spelling) {
                // A statement over several lines is placed on its first.
                foreach ($this->places[$spelling] ?? [] as $line => $offsets) {
                    if ($line >= $one->lineno && ($at === null || $offsets[0] < $at)) {
                        $at = $offsets[0];
                    }
                }
            }
            $this->sites[] = [
                'specifier' => $name, 'kind' => 'value', 'form' => $form, 'names' => [$this->last($name)], 'at' => $at,
            ];
        }
    }

    private function declare(string $group, string $name): void
    {
        if ($group === '' || $this->namespace !== '') {
            $this->declared[$group.':'.strtolower($this->inNamespace($name))] = true;
        }
    }

    private function inNamespace(string $name): string
    {
        return $this->namespace === '' ? $name : $this->namespace.'\\'.$name;
    }

    private function name(\ast\Node $node, ?\ast\Node $parent): void
    {
        $name = $node->children['name'];
        $group = match ($parent?->kind) {
            \ast\AST_CALL => 'function',
            \ast\AST_CONST => 'const',
            default => '',
        };
        $form = $group === '' ? 'name' : $group;
        if ($node->flags === \ast\flags\NAME_FQ) {
            [$whole, $written] = [$name, '\\'.$name];
        } elseif ($node->flags === \ast\flags\NAME_RELATIVE) {
            [$whole, $written] = [$this->inNamespace($name), 'namespace\\'.$name];
        } elseif (str_contains($name, '\\')) {
            [$first, $rest] = explode('\\', $name, 2);
            $alias = $this->aliases[strtolower($first)] ?? null;
            [$whole, $written] = [$alias === null ? $this->inNamespace($name) : "$alias\\$rest", $name];
        } else {
            if ($group !== '' || isset($this->aliases[strtolower($name)]) || in_array(strtolower($name), OWN, true)) {
                return;
            }
            [$whole, $written] = [$this->inNamespace($name), $name];
            $form = $this->namespace === '' ? 'name' : 'relative';
        }
        if ($group !== '' && !str_contains($whole, '\\')) {
            return;
        }
        $at = $this->place($written, $node->lineno);
        $key = $group.':'.strtolower($whole);
        if (!isset($this->named[$key]) || $this->named[$key]['at'] > $at) {
            $this->named[$key] = [
                'specifier' => $whole, 'kind' => 'value', 'form' => $form, 'names' => [$this->last($whole)], 'at' => $at,
            ];
        }
    }

    /** @return ?array{bool, string} is it anchored at the file's folder, and the path */
    private function path(mixed $node): ?array
    {
        if (is_string($node)) {
            return [false, $node];
        }
        if (!$node instanceof \ast\Node) {
            return null;
        }
        if ($node->kind === \ast\AST_MAGIC_CONST) {
            return match ($node->flags) {
                \ast\flags\MAGIC_DIR => [true, ''],
                \ast\flags\MAGIC_FILE => [true, "\0"],
                default => null,
            };
        }
        if ($node->kind === \ast\AST_CONST) {
            return strtolower($node->children['name']->children['name']) === 'directory_separator' ? [false, '/'] : null;
        }
        if ($node->kind === \ast\AST_BINARY_OP && $node->flags === \ast\flags\BINARY_CONCAT) {
            $left = $this->path($node->children['left']);
            $right = $this->path($node->children['right']);
            return $left === null || $right === null || $right[0] ? null : [$left[0], $left[1].$right[1]];
        }
        if ($node->kind !== \ast\AST_CALL || ($node->children['expr']->children['name'] ?? '') !== 'dirname') {
            return null;
        }
        $arguments = $node->children['args']->children;
        $inner = $this->path($arguments[0] ?? null);
        for ($level = 0; $inner !== null && $level < ($arguments[1] ?? 1); ++$level) {
            $path = rtrim($inner[1], '/');
            $slash = strrpos($path, '/');
            $isTop = $slash === false || substr($path, $slash) === '/..';
            $inner[1] = $path === "\0" ? '' : ($isTop ? "$path/.." : substr($path, 0, $slash));
        }
        return $inner;
    }
}

while (($path = fgets(STDIN)) !== false) {
    $path = rtrim($path, "\n");
    $answer = ['path' => $path, 'sites' => []];
    try {
        $answer['sites'] = (new File((string) file_get_contents($path)))->read();
    } catch (\ParseError $error) {
        $answer['error'] = $error->getLine().': '.$error->getMessage();
    }
    echo json_encode($answer, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE), "\n";
}
