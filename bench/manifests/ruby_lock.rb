# Bundler's own reader of lock files, file by file.
require "bundler"
require "json"

def place(source)
  case source
  when Bundler::Source::Git then "git #{source.uri} #{source.options["revision"] || source.revision}"
  when Bundler::Source::Path then "path #{source.path}"
  when Bundler::Source::Rubygems then "gem #{source.remotes.map(&:to_s).reverse.map { |u| u.sub(%r{/\z}, "") }.sort.join(" ")}"
  else source.class.name
  end
end

STDIN.each_line do |line|
  path = line.chomp
  begin
    Dir.chdir(File.dirname(path)) do
      # Bundler wants to know where its root is; it does not read the file.
      ENV["BUNDLE_GEMFILE"] = File.join(Dir.pwd, "Gemfile")
      Bundler.reset!
      parsed = Bundler::LockfileParser.new(File.read(File.basename(path)))
      names = parsed.specs.map(&:name)
      rows = parsed.specs.map do |spec|
        version = spec.platform.to_s == "ruby" ? spec.version.to_s : "#{spec.version}-#{spec.platform}"
        wants = spec.dependencies.map(&:name).uniq.select { |name| names.include?(name) }.sort
        [spec.name + " " + version, JSON.generate([wants, parsed.dependencies.key?(spec.name), place(spec.source)])]
      end
      puts JSON.generate(rows)
    end
  rescue StandardError => e
    puts JSON.generate(e.message)
  end
end
