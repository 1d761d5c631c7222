/** What is required → the gem that holds it, by the longest path. Gems called like the first folder need no line. */
const TABLE = `
abstract_controller actionpack
action_cable actioncable
action_controller actionpack
action_dispatch actionpack
action_mailbox actionmailbox
action_mailer actionmailer
action_pack actionpack
action_text actiontext
action_view actionview
active_job activejob
active_model activemodel
active_record activerecord
active_storage activestorage
active_support activesupport
arel activerecord
rails railties
rails/all rails
rails/generators railties
rails/controller/testing rails-controller-testing
rails-controller-testing rails-controller-testing
sprockets/railtie sprockets-rails
concurrent concurrent-ruby
concurrent-edge concurrent-ruby-edge
coffee_script coffee-script
database_cleaner/active_record database_cleaner-active_record
elasticsearch/model elasticsearch-model
elasticsearch/rails elasticsearch-rails
google/protobuf google-protobuf
google/apis google-apis-core
google/cloud/storage google-cloud-storage
graphql/batch graphql-batch
haml/rails haml-rails
net/ldap net-ldap
net/scp net-scp
net/sftp net-sftp
net/ssh net-ssh
opentelemetry/sdk opentelemetry-sdk
pry/byebug pry-byebug
pry/rails pry-rails
rack/attack rack-attack
rack/cors rack-cors
rack/protection rack-protection
rack/session rack-session
rack/test rack-test
rack/timeout rack-timeout
restclient rest-client
RMagick rmagick
rspec/core rspec-core
rspec/expectations rspec-expectations
rspec/mocks rspec-mocks
rspec/rails rspec-rails
rspec/support rspec-support
selenium/webdriver selenium-webdriver
shoulda/matchers shoulda-matchers
shoulda/context shoulda-context
sinatra/contrib sinatra-contrib
sinatra/reloader sinatra-contrib
test/unit test-unit
tty/prompt tty-prompt
view_component view_component
zip rubyzip
`;

const GEMS: ReadonlyMap<string, string> = new Map(
  TABLE.trim()
    .split('\n')
    .flatMap(line => {
      const [path, gem] = line.split(' ');
      return path === undefined || gem === undefined ? [] : [[path, gem] as const];
    }),
);

/** Families of gems, each named after the next folder, too: `dry/types` → `dry-types`. */
const FAMILIES: ReadonlySet<string> = new Set(['dry', 'hanami', 'rom', 'async', 'tty']);

/**
 * The gem that a required path probably belongs to, and how many folders of the path its name takes up.
 * @param locked names with a hyphen in Gemfile.lock
 */
export function gemOf(
  path: string,
  locked: ReadonlySet<string>,
): { readonly name: string; readonly length: number } {
  const folders = path.replace(/\.rb$/, '').split('/');
  for (let length = folders.length; length > 0; length--) {
    const part = folders.slice(0, length);
    const known = GEMS.get(part.join('/'));
    if (known !== undefined) return { name: known, length };
    for (const separator of ['-', '_'])
      if (length > 1 && locked.has(part.join('-').replaceAll('_', separator)))
        return { name: part.join('-').replaceAll('_', separator), length };
    if (length === 2 && FAMILIES.has(part[0] ?? '')) return { name: part.join('-'), length };
  }
  const [first = ''] = folders;
  const hyphened = first.replaceAll('_', '-');
  return { name: locked.has(hyphened) ? hyphened : first, length: 1 };
}
