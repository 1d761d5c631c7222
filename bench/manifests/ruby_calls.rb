# A second reader of Gemfiles and gemspecs: Ruby's own parser (Ripper), without running the code.
require "ripper"
require "json"

GEMFILE = %w[gem plugin gemspec eval_gemfile].freeze
GEMSPEC = %w[add_dependency add_runtime_dependency add_development_dependency].freeze

def text(node)
  return nil unless node.is_a?(Array)
  case node[0]
  when :string_literal
    parts = node[1][1..]
    return "" if parts.empty?
    parts.size == 1 && parts[0][0] == :@tstring_content ? parts[0][1] : nil
  when :symbol_literal then node[1][1][1]
  when :dyna_symbol then text([:string_literal, node[1]])
  when :method_add_arg then text(node[1])
  when :call then node[3][1] == "freeze" ? text(node[1]) : nil
  end
end

def texts(node)
  one = text(node)
  return [one] if one
  return nil unless node.is_a?(Array) && node[0] == :array
  items = node[1] || []
  items = items[1] if items[0] == :args
  return items.map { |item| item[0] == :@tstring_content ? item[1] : (item[0] == :word ? item[1][1] : text(item)) }.then { |all| all.any?(&:nil?) ? nil : all } unless items[0].is_a?(Symbol)
  nil
end

def arguments(node)
  node = node[1] if node && node[0] == :arg_paren
  return [[], {}] unless node && node[0] == :args_add_block
  plain = []
  named = {}
  node[1].each do |arg|
    if arg[0] == :bare_assoc_hash
      arg[1].each do |assoc|
        next unless assoc[0] == :assoc_new
        key = assoc[1][0] == :@label ? assoc[1][1].chomp(":") : text(assoc[1])
        named[key] = assoc[2]
      end
    elsif arg[0] == :hash
    else
      plain << arg
    end
  end
  [plain, named]
end

def walk(node, groups, names, &found)
  return unless node.is_a?(Array)
  if node[0].is_a?(Symbol)
    call = case node[0]
           when :command then [node[1], node[2]]
           when :command_call then [node[3], node[4]]
           when :method_add_arg
             if node[1][0] == :fcall then [node[1][1], node[2]]
             elsif node[1][0] == :call then [node[1][3], node[2]]
             end
           when :vcall then [node[1], nil]
           end
    if call && call[0].is_a?(Array) && names.include?(call[0][1]) && (names != GEMSPEC || %i[command_call method_add_arg].include?(node[0])) && !(node[0] == :method_add_arg && node[1][0] == :call && names == GEMFILE)
      found.call(call[0][1], call[0][2][0], arguments(call[1]), groups)
      return
    end
    if node[0] == :method_add_block
      inner = node[1]
      head = inner[0] == :command ? [inner[1][1], inner[2]] : inner[0] == :method_add_arg && inner[1][0] == :fcall ? [inner[1][1][1], inner[2]] : nil
      if head && head[0] == "group"
        plain, = arguments(head[1])
        groups += plain.flat_map { |arg| texts(arg) || [] }
      end
    end
  end
  node.each { |child| walk(child, groups, names, &found) if child.is_a?(Array) }
end

DEVELOPMENT = /\A(?:development|test|dev|testing|lint|rubocop|ci|doc|docs)\z/

STDIN.each_line do |line|
  path = line.chomp
  tree = Ripper.sexp(File.read(path))
  if tree.nil?
    puts JSON.generate("no Ruby")
    next
  end
  rows = []
  walk(tree, [], path.end_with?(".gemspec") ? GEMSPEC : GEMFILE) do |call, at, (plain, named), groups|
    next rows << ["#{at} #{call}", ""] if %w[gemspec eval_gemfile].include?(call)
    name = text(plain[0]) || "?"
    wanted = plain.drop(1).map { |arg| texts(arg) }
    range = wanted.empty? || wanted.any?(&:nil?) ? nil : wanted.flatten.join(", ")
    own = groups + %w[group groups].flat_map { |key| texts(named[key]) || [] }
    development = call == "add_development_dependency" || (!own.empty? && own.all? { |group| group =~ DEVELOPMENT })
    place = %w[git github path].find { |key| named[key] }
    rows << ["#{at} #{call} #{name}", JSON.generate([range, development, place])]
  end
  puts JSON.generate(rows)
end
