/**
 * Distributions whose name on the package index is not that of their module: `module distribution`, by the longest
 * dotted prefix. Names that differ only in letter case, `-`, `_` or `.` need no line.
 */
const TABLE = `
attr attrs
bs4 beautifulsoup4
yaml pyyaml
_yaml pyyaml
PIL pillow
cv2 opencv-python
sklearn scikit-learn
skimage scikit-image
dateutil python-dateutil
dotenv python-dotenv
jwt pyjwt
jose python-jose
magic python-magic
docx python-docx
pptx python-pptx
slugify python-slugify
multipart python-multipart
engineio python-engineio
socketio python-socketio
telegram python-telegram-bot
ldap python-ldap
memcache python-memcached
gitlab python-gitlab
consul python-consul
jenkins python-jenkins
snappy python-snappy
OpenSSL pyopenssl
Crypto pycryptodome
Cryptodome pycryptodomex
nacl pynacl
serial pyserial
usb pyusb
git gitpython
github pygithub
gi pygobject
cairo pycairo
MySQLdb mysqlclient
mysql mysql-connector-python
psycopg2 psycopg2-binary
bson pymongo
gridfs pymongo
rest_framework djangorestframework
rest_framework_simplejwt djangorestframework-simplejwt
corsheaders django-cors-headers
debug_toolbar django-debug-toolbar
django_filters django-filter
allauth django-allauth
crispy_forms django-crispy-forms
environ django-environ
guardian django-guardian
haystack django-haystack
import_export django-import-export
model_utils django-model-utils
mptt django-mptt
oauth2_provider django-oauth-toolkit
polymorphic django-polymorphic
redis_cache django-redis-cache
reversion django-reversion
simple_history django-simple-history
storages django-storages
taggit django-taggit
treebeard django-treebeard
waffle django-waffle
pkg_resources setuptools
_distutils_hack setuptools
google.protobuf protobuf
google.api_core google-api-core
google.auth google-auth
google.oauth2 google-auth
google.genai google-genai
google.generativeai google-generativeai
google.api googleapis-common-protos
google.rpc googleapis-common-protos
google.type googleapis-common-protos
google.longrunning googleapis-common-protos
google.cloud.aiplatform google-cloud-aiplatform
vertexai google-cloud-aiplatform
googleapiclient google-api-python-client
apiclient google-api-python-client
grpc grpcio
grpc_tools grpcio-tools
grpc_status grpcio-status
grpc_health grpcio-health-checking
grpc_reflection grpcio-reflection
azure.storage.blob azure-storage-blob
azure.storage.queue azure-storage-queue
azure.storage.filedatalake azure-storage-file-datalake
azure.keyvault.secrets azure-keyvault-secrets
azure.keyvault.keys azure-keyvault-keys
azure.functions azure-functions
azure.core azure-core
mpl_toolkits matplotlib
pylab matplotlib
umap umap-learn
faiss faiss-cpu
lightning_fabric lightning
fitz pymupdf
pdfminer pdfminer-six
pywintypes pywin32
pythoncom pywin32
win32api pywin32
win32com pywin32
win32con pywin32
win32event pywin32
win32file pywin32
win32gui pywin32
win32process pywin32
win32service pywin32
win32serviceutil pywin32
wx wxpython
zmq pyzmq
socks pysocks
websocket websocket-client
stdnum python-stdnum
kafka kafka-python
nmap python-nmap
OpenGL pyopengl
skbio scikit-bio
Bio biopython
osgeo gdal
ogr gdal
shapefile pyshp
igraph python-igraph
community python-louvain
ruamel.yaml ruamel-yaml
opentelemetry.sdk opentelemetry-sdk
opentelemetry.semconv opentelemetry-semantic-conventions
opentelemetry.proto opentelemetry-proto
opentelemetry.exporter.otlp opentelemetry-exporter-otlp
opentelemetry opentelemetry-api
_pytest pytest
xdist pytest-xdist
factory factory-boy
hamcrest pyhamcrest
past future
libfuturize future
editor python-editor
decouple python-decouple
frontmatter python-frontmatter
dns dnspython
whois python-whois
nio matrix-nio
discord discord-py
slack slackclient
twitter python-twitter
xmpp xmpppy
ffmpeg ffmpeg-python
speech_recognition speechrecognition
jks pyjks
antlr4 antlr4-python3-runtime
clang libclang
talib ta-lib
airflow apache-airflow
beam apache-beam
flink apache-flink
superset apache-superset
snowflake.connector snowflake-connector-python
snowflake.sqlalchemy snowflake-sqlalchemy
snowflake.snowpark snowflake-snowpark-python
databricks.sdk databricks-sdk
databricks.sql databricks-sql-connector
gflags python-gflags
parted pyparted
augeas python-augeas
systemd systemd-python
dbus dbus-python
apt python-apt
Xlib python-xlib
pyximport cython
_cffi_backend cffi
`;

/** Namespaces that many distributions share, each named after the next part: `zope.interface` → `zope-interface`. */
const SHARED: ReadonlySet<string> = new Set([
  'azure',
  'azure.mgmt',
  'backports',
  'google.cloud',
  'jaraco',
  'llama_index',
  'opentelemetry.instrumentation',
  'opentelemetry.exporter',
  'plone',
  'repoze',
  'ruamel',
  'snowflake',
  'sphinxcontrib',
  'zope',
]);

const DISTRIBUTIONS: ReadonlyMap<string, string> = new Map(
  TABLE.trim()
    .split('\n')
    .flatMap(line => {
      const [module, distribution] = line.split(' ');
      return module === undefined || distribution === undefined ? [] : [[module, distribution] as const];
    }),
);

/** PEP 503: lower case, every run of `-`, `_` and `.` a hyphen. */
function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/**
 * The distribution that a module probably comes from, by its normalised name.
 * @param segments the imported module, at least one segment
 * @returns how many segments the distribution's own name takes up, too
 */
export function distributionOf(segments: readonly string[]): {
  readonly name: string;
  readonly length: number;
} {
  for (let length = Math.min(segments.length, 3); length > 0; length--) {
    const path = segments.slice(0, length).join('.');
    const known = DISTRIBUTIONS.get(path);
    if (known !== undefined) return { name: known, length };
    if (length > 1 && SHARED.has(segments.slice(0, length - 1).join('.')))
      // `google.cloud.logging_v2` belongs to google-cloud-logging.
      return { name: normalized(path.replace(/_v\d\w*$/, '')), length };
  }
  const [top = ''] = segments;
  return { name: normalized(top).replace(/^-|-$/g, '') || top, length: 1 };
}
