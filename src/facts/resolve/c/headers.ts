/** Headers of the C and C++ standard libraries, of POSIX, and of the common systems and compilers. */
const C =
  'assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic stdbit stdbool stdckdint stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype';
const CPP =
  'algorithm any array atomic barrier bit bitset cassert ccomplex cctype cerrno cfenv cfloat charconv chrono cinttypes ciso646 climits clocale cmath codecvt compare complex concepts condition_variable contracts coroutine csetjmp csignal cstdalign cstdarg cstdbool cstddef cstdint cstdio cstdlib cstring ctgmath ctime cuchar cwchar cwctype debugging deque exception execution expected filesystem flat_map flat_set format forward_list fstream functional future generator hash_map hash_set hazard_pointer initializer_list inplace_vector iomanip ios iosfwd iostream istream iterator latch limits linalg list locale map mdspan memory memory_resource meta mutex new numbers numeric optional ostream print queue random ranges ratio rcu regex scoped_allocator semaphore set shared_mutex simd source_location span spanstream sstream stack stacktrace stdexcept stdfloat stop_token streambuf string string_view strstream syncstream system_error text_encoding thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant vector version';
const POSIX =
  'aio aliases alloca ar argp argz bsd byteswap copyright cpio crypt dirent dlfcn elf endian envz err error execinfo fcntl features fmtmsg fnmatch fstab fts ftw gconv getopt glob gnu-versions grp gshadow iconv ifaddrs langinfo lastlog libgen libintl link malloc mcheck memory mntent monetary mqueue ndbm netdb nl_types nss obstack paths poll printf proc_service pthread pty pwd re_comp regex regexp resolv sched search semaphore sgtty shadow spawn stab strings stropts syscall sysexits syslog tar termio termios thread_db trace ttyent ucontext ulimit unistd ustat util utime utmp utmpx values wait wordexp xlocale';
const WINDOWS =
  'windows winsock winsock2 ws2tcpip ws2def ws2bth winbase windef winnt winuser wingdi wincrypt winternl winerror winioctl winreg winver wininet winhttp winsvc winspool windowsx windns wintrust wtypes wtsapi32 process direct io conio share tchar crtdbg corecrt malloc mbstring excpt objbase ole2 oleauto shellapi shlobj shlwapi shlobj_core shobjidl psapi tlhelp32 dbghelp iphlpapi iptypes netioapi mswsock mstcpip afunix bcrypt ncrypt sspi security schannel wincon versionhelpers processthreadsapi synchapi fileapi handleapi memoryapi sysinfoapi libloaderapi errhandlingapi namedpipeapi lmcons lmaccess lm aclapi sddl accctrl userenv commctrl commdlg mmsystem mmreg timeapi d3d11 d3d12 d3d9 dxgi dxgi1_2 dxgi1_4 dxgi1_6 ntstatus ntsecapi wow64apiset guiddef unknwn combaseapi comdef intrin specstrings sal stringapiset powrprof setupapi devguid cfgmgr32 hidsdi xinput dinput dsound xaudio2 avrt initguid propkey propsys wrl';
const COMPILER =
  'immintrin xmmintrin emmintrin pmmintrin tmmintrin smmintrin nmmintrin wmmintrin avxintrin avx2intrin x86intrin ammintrin mmintrin popcntintrin bmiintrin fmaintrin cpuid arm_neon arm_acle arm_sve arm_fp16 arm_bf16 altivec wasm_simd128 msa lsxintrin lasxintrin riscv_vector cet quadmath omp omp-tools tbb unwind cxxabi intrin varargs float fxsrintrin prfchwintrin mm_malloc mm3dnow ia32intrin hexagon_protos';
const APPLE =
  'TargetConditionals Availability AvailabilityMacros AvailabilityInternal AssertMacros ConditionalMacros MacTypes copyfile crt_externs libproc membership notify removefile xpc asl sandbox sys-vm Block';
/** Whole folders of a system: `<sys/stat.h>`. */
const FOLDERS =
  'sys net netinet netinet6 netpacket netatalk netipx neteconet netrom netrose netax25 netash netiucv arpa linux asm asm-generic bits gnu rpc rpcsvc scsi sound rdma drm mtd misc xen video cxxabi ext tr1 tr2 experimental backward debug parallel pstl __fwd machine mach mach-o mach_debug libkern os dispatch xpc objc architecture i386 x86_64 arm arm64 c++ protocols uvm bsm hfs vm winrt uuid';
/** Frameworks of Apple's systems: `<Foundation/Foundation.h>`. */
const FRAMEWORKS =
  'ARKit AVFAudio AVFoundation AVKit Accelerate Accounts AddressBook AdSupport AppKit AppleScriptObjC ApplicationServices AudioToolbox AudioUnit AuthenticationServices BackgroundTasks CFNetwork CallKit Carbon CloudKit Cocoa Combine Contacts CoreAudio CoreAudioKit CoreBluetooth CoreData CoreFoundation CoreGraphics CoreHaptics CoreImage CoreLocation CoreMIDI CoreML CoreMedia CoreMediaIO CoreMotion CoreServices CoreTelephony CoreText CoreVideo CoreWLAN CryptoKit DiskArbitration EventKit Foundation ForceFeedback GLKit GLUT GSS GameController GameKit HealthKit HomeKit Hypervisor IOBluetooth IOKit IOSurface ImageIO JavaScriptCore Kerberos LocalAuthentication MapKit MediaPlayer MediaToolbox MessageUI Metal MetalKit MetalPerformanceShaders MetalPerformanceShadersGraph MobileCoreServices Network NetworkExtension NotificationCenter ObjectiveC OpenAL OpenCL OpenDirectory OpenGL OpenGLES PassKit Photos PhotosUI PushKit QTKit Quartz QuartzCore QuickLook SafariServices SceneKit ScreenCaptureKit ScriptingBridge Security SecurityInterface ServiceManagement Social SpriteKit StoreKit SwiftUI SystemConfiguration UIKit UniformTypeIdentifiers UserNotifications VideoToolbox Virtualization Vision WatchKit WebKit';

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const PLAIN = set(CPP);
const WITH_H = set([C, POSIX, WINDOWS, COMPILER, APPLE].join(' '));
const SYSTEM = set(FOLDERS);
const APPLES = set(FRAMEWORKS);

/** Does a header belong to the language, the system or the compiler? `stdio.h`, `vector`, `sys/stat.h`. */
export function isSystemHeader(name: string): boolean {
  const slash = name.indexOf('/');
  if (slash !== -1) return SYSTEM.has(name.slice(0, slash)) || APPLES.has(name.slice(0, slash));
  if (PLAIN.has(name)) return true;
  const stem = name.replace(/\.h$/i, '');
  return stem !== name && (WITH_H.has(stem) || WITH_H.has(stem.toLowerCase()));
}

/** `std`, `std.compat`, an Apple framework's module. */
export function isSystemModule(name: string): boolean {
  const first = name.split('.')[0] ?? '';
  return first === 'std' || APPLES.has(first) || first === 'Darwin';
}
