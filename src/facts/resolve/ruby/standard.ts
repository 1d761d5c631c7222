/**
 * What Ruby itself brings along, as it is required: the union of 2.7 to 3.4, default gems included. Gems that are
 * merely bundled (minitest, rake, test-unit, rexml, debug) are gems. A name covers what lies below it.
 */
const NAMES =
  'English abbrev base64 benchmark bigdecimal bundler cgi cgi-escape cmath complex continuation coverage csv date ' +
  'delegate did_you_mean digest drb e2mmap enumerator erb error_highlight etc expect fcntl fiber fiddle fileutils ' +
  'find forwardable getoptlong io/console io/nonblock io/wait ipaddr irb json logger matrix mkmf monitor mutex_m ' +
  'net/ftp net/http net/https net/imap net/pop net/protocol net/smtp nkf kconv objspace observer open-uri open3 ' +
  'openssl optionparser optparse ostruct pathname pp prettyprint prime profile profiler pstore psych pty racc ' +
  'random/formatter rational rbconfig rdoc readline reline resolv resolv-replace rinda ripper rubygems scanf sdbm ' +
  'securerandom set shell shellwords singleton socket stringio strscan sync syntax_suggest syslog tempfile thread ' +
  'thwait time timeout tmpdir tracer tsort un unicode_normalize uri weakref win32ole yaml zlib io/console/size ubygems ' +
  'digest/md5 digest/sha1 digest/sha2 prism';

const LIBRARIES: ReadonlySet<string> = new Set(NAMES.split(' '));

/** Is what is required part of Ruby: the name itself, or a folder that it lies below? */
export function isStandardLibrary(path: string): boolean {
  for (let end = path.length; end !== -1; end = path.lastIndexOf('/', end - 1)) {
    if (LIBRARIES.has(path.slice(0, end))) return true;
    if (end === 0) break;
  }
  return false;
}
