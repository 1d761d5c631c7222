# frozen_string_literal: true

# Reads paths of Ruby files from standard input, one a line; prints what Ripper's tree says each loads and refers to.

require "json"
require "ripper"

LOADERS = %w[require require_relative load autoload require_dependency].freeze
COMMON = %w[load autoload require_dependency].freeze

Scope = Struct.new(:name, :outer)

def underscore(name)
  name.gsub("::", "/").gsub(/([A-Z]+)(?=[A-Z][a-z])|([a-z\d])(?=[A-Z])/) { "#{$1}#{$2}_" }.downcase
end

class Reader
  attr_reader :calls, :references

  def initialize(text)
    @lines = text.lines
    @lexed = Ripper.lex(text).filter_map { |place, type, _| place if type == :on_tstring_beg || type == :on_symbeg }
    @calls = []
    @references = []
    @definitions = {}
    @methods = {}
    @under = []
  end

  def place((line, byte))
    before = @lines[line - 1].byteslice(0, byte)
    [line, before.encode("UTF-16LE").bytesize / 2 + 1]
  end

  # The delimiter before a string's content.
  def opening(position)
    index = @lexed.bsearch_index { |place| (place <=> position) > 0 } || @lexed.size
    @lexed[index - 1]
  end

  def scope_name(scope)
    name = +""
    while scope
      name = name.empty? ? scope.name : "#{scope.name}::#{name}"
      return name.delete_prefix("::") if scope.name.start_with?("::")

      scope = scope.outer
    end
    name
  end

  def below(scope, name) = scope.empty? ? name : "#{scope}::#{name}"

  # [names, absolute?, position] of a path made of constants only.
  def path(node)
    case node[0]
    when :var_ref, :const_ref, :var_field
      node[1].is_a?(Array) && node[1][0] == :@const ? [[node[1][1]], false, node[1][2]] : nil
    when :top_const_ref, :top_const_field then [[node[1][1]], true, node[1][2]]
    when :const_path_ref, :const_path_field
      left = path(node[1])
      left && node[2][0] == :@const ? [left[0] + [node[2][1]], left[1], left[2]] : nil
    end
  end

  def define(found, scope)
    names, absolute, position = found
    name = names.join("::")
    @definitions[absolute ? name : below(scope_name(scope), name)] = true
    return if names.size == 1

    @definitions[name] = true
    @references << [names[0..-2], absolute, position, scope]
  end

  def walk(node, scope)
    return unless node.is_a?(Array)
    return node.each { |child| walk(child, scope) } unless node[0].is_a?(Symbol)

    case node[0]
    when :class, :module
      found = path(node[1])
      if found
        define(found, scope)
        name = (found[1] ? "::" : "") + found[0].join("::")
        walk(node[2], scope) if node[0] == :class
        walk(node.last, Scope.new(name, scope))
      else
        walk(node[1..], scope)
      end
      return
    when :var_ref, :const_path_ref, :top_const_ref
      found = path(node)
      return @references << [*found, scope] if found
      return walk(node[1], scope) if node[0] == :const_path_ref
    when :var_field, :const_path_field, :top_const_field
      found = path(node)
      return define(found, scope) if found
    when :def then @methods[node[1][1]] = true
    when :defs then @methods[node[3][1]] = true
    when :command then call(node[1], nil, node[2], scope)
    when :command_call then call(node[3], node[1], node[4], scope)
    when :method_add_arg
      call(node[1][1], nil, node[2], scope) if node[1][0] == :fcall
      call(node[1][3], node[1][1], node[2], scope) if node[1][0] == :call
    when :method_add_block
      under = block_of(node[1])
      if under
        @under.push(under)
        walk(node[1..], scope)
        @under.pop
        return
      end
    end
    walk(node[1..], scope)
  end

  def block_of(node)
    name, args = node[0] == :command ? [node[1], node[2]] : node[0] == :method_add_arg ? [node[1][1], node[2]] : nil
    return unless name.is_a?(Array) && %w[autoload_under autoload_at].include?(name[1])

    [name[1], string(arguments(args)[0])&.first]
  end

  def arguments(node)
    return [] unless node.is_a?(Array)
    return arguments(node[1]) if %i[arg_paren args_add_block].include?(node[0])

    node[0].is_a?(Symbol) ? [node] : node
  end

  # [value or nil, position] of a string, nil for anything else.
  def string(node)
    return unless node.is_a?(Array)

    case node[0]
    when :paren
      inner = node[1]
      inner = inner[0] if inner.is_a?(Array) && inner.size == 1 && inner[0].is_a?(Array)
      string(inner)
    when :string_literal
      parts = node[1][1..]
      return [nil, nil] unless parts.all? { |part| part[0] == :@tstring_content }
      return ["", nil] if parts.empty?

      value = parts.map { |part| part[1] }.join
      value = nil if value.include?("\\")
      [value, opening(parts[0][2])]
    when :string_concat
      left = string(node[1])
      right = string(node[2])
      left && right && left[0] && right[0] ? [left[0] + right[0], left[1]] : [nil, nil]
    end
  end

  def symbol(node)
    return unless node.is_a?(Array) && node[0] == :symbol_literal && node[1][0] == :symbol

    name = node[1][1]
    [name[1], [name[2][0], name[2][1] - 1]]
  end

  def here?(node)
    return true if node[0] == :vcall && node[1][1] == "__dir__"

    node[0] == :method_add_arg && file_call(node) == "dirname" && file?(arguments(node[2])[0])
  end

  def file?(node) = node.is_a?(Array) && node[0] == :var_ref && node[1][1] == "__FILE__"

  def file_call(node)
    return unless node[0] == :method_add_arg && node[1][0] == :call

    receiver = path(node[1][1])
    receiver && receiver[0] == ["File"] ? node[1][3][1] : nil
  end

  # Paths that are spelt out from the file's own place.
  def from_file(node)
    return unless node.is_a?(Array)

    if node[0] == :binary && node[2] == :+ && here?(node[1])
      value, = string(node[3])
      return value && [value.sub(%r{\A/+}, ""), start_of(node[1])]
    end
    name = node[0] == :method_add_arg && file_call(node)
    return unless name

    args = arguments(node[2])
    return unless args.size == 2

    if name == "expand_path" && (value = string(args[0])&.first)
      return [value, start_of(node)] if here?(args[1])
      return [value.delete_prefix("../"), start_of(node)] if file?(args[1]) && value.start_with?("../")
    elsif name == "join" && here?(args[0]) && (value = string(args[1])&.first)
      return [value.sub(%r{\A/+}, ""), start_of(node)]
    end
    nil
  end

  def start_of(node)
    return node[1][2] if node[0] == :vcall

    found = path(node[1][1])
    line, byte = found[2]
    found[1] ? [line, byte - 2] : [line, byte]
  end

  def call(name, receiver, args, scope)
    return unless name.is_a?(Array) && LOADERS.include?(name[1])

    args = arguments(args)
    return if args.empty?
    return if receiver && !loader?(name[1], receiver)

    start = name[2]
    return autoload(start, args, scope) if name[1] == "autoload"

    own = from_file(args[0])
    return add(own[0], "require_relative", own[1], ["*"]) if own

    value, position = string(args[0])
    add(value, name[1], value ? position : start, ["*"])
  end

  def loader?(name, receiver)
    found = path(receiver)
    return true if found && [%w[Kernel], %w[Object]].include?(found[0])

    name == "autoload" && (found || receiver[0] == :var_ref && receiver[1][1] == "self")
  end

  def autoload(start, args, scope)
    constant, position = symbol(args[0]) || string(args[0])
    return add(nil, "autoload", start, ["*"]) unless constant

    if args.size > 1
      own = from_file(args[1])
      return add(own[0], "require_relative", own[1], [constant]) if own

      value, at = string(args[1])
      return add(value, "autoload", value ? at : start, [constant])
    end
    name = scope_name(scope)
    prefix = name.empty? ? "" : "#{underscore(name)}/"
    kind, under = @under.last
    specifier =
      if kind == "autoload_at" then under
      elsif kind then "#{prefix}#{underscore(under)}/#{underscore(constant)}"
      else prefix + underscore(constant)
      end
    add(specifier, "autoload", position, [constant])
  end

  def add(specifier, form, position, names)
    line, column = position ? place(position) : [0, 0]
    @calls << { specifier:, kind: "require", form:, names:, line:, column: }
  end

  def specifier(names, absolute, scope)
    name = names.join("::")
    return @definitions[name] ? nil : "::#{name}" if absolute

    scopes = [scope]
    scopes << scopes.last.outer while scopes.last
    return if scopes.any? { |one| @definitions[below(scope_name(one), name)] }

    if names.size > 1
      owner = scopes.find { |one| @definitions[below(scope_name(one), names[0])] }
      return "::#{below(scope_name(owner), name)}" if owner || @definitions[names[0]]
    end
    (scopes.compact.reverse.map(&:name) + [name]).join(">")
  end

  def sites
    first = {}
    @references.each do |names, absolute, position, scope|
      found = specifier(names, absolute, scope)
      next unless found

      first[found] = position if first[found].nil? || (position <=> first[found]).negative?
    end
    constants = first.map do |found, position|
      line, column = place(position)
      { specifier: found, kind: "value", form: "constant", names: [], line:, column: }
    end
    kept = @calls.reject { |call| call[:specifier].nil? && COMMON.include?(call[:form]) && @methods[call[:form]] }
    kept + constants
  end
end

$stdin.each_line(chomp: true) do |path|
  text = File.binread(path).force_encoding("UTF-8").delete_prefix("\uFEFF")
  tree = Ripper.sexp(text)
  if tree.nil?
    puts JSON.generate({ path:, sites: [], error: "syntax error" })
  else
    reader = Reader.new(text)
    reader.walk(tree, nil)
    puts JSON.generate({ path:, sites: reader.sites })
  end
rescue StandardError => e
  puts JSON.generate({ path:, sites: [], error: "#{e.class}: #{e.message} #{e.backtrace[0]}" })
end
