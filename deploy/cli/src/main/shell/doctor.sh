# The first half of ./saccade doctor: what must be right before Saccade can be built (a checkout) and started. The launcher
# sources it. The second half is in Java (io.saccade.cli.doctor) and prints these findings with its own; where
# Java cannot be started, this half prints what it has.

readonly field=$'\x1f' # between the parts of a finding: none of them holds it
findings=()
sick=

# state (ok, hint, warning, problem), what, found, expected, what to do
finding() {
  local IFS=$field
  findings+=("$*")
  if [ "$1" = problem ]; then sick=yes; fi
}

# Whether this is a checkout, which has to be built, and not the archive.
checkout() {
  [ -f "$home/pom.xml" ]
}

# Whether version $1 is at least $2.
at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -1)" = "$2" ]
}

platform() {
  local found wanted="Linux x86_64"
  found=$(uname -sm)
  if compgen -G "$home/cluster-lib/opencv-*-linux-arm64.jar" >/dev/null; then wanted="Linux aarch64"; fi
  if [ "$found" = "$wanted" ]; then
    finding ok platform "$found"
  elif checkout; then
    finding problem platform "$found" "$wanted" "use such a machine: the native libraries are packed for no other"
  else
    finding problem platform "$found" "$wanted" "use such a machine, or the archive for this one: docs/distribution.md"
  fi
}

c_library() {
  local found
  if ! found=$(getconf GNU_LIBC_VERSION 2>/dev/null); then
    finding problem "C library" "no glibc" "glibc 2.35 or later" \
      "use a distribution with glibc, such as Debian 12 or Ubuntu 22.04; on musl (Alpine) the native libraries do not load"
  elif at_least "${found#glibc }" 2.35; then
    finding ok "C library" "$found"
  elif at_least "${found#glibc }" 2.27; then
    finding warning "C library" "$found" "glibc 2.35 or later" "see whether the natives below load; if not, use Debian 12, Ubuntu 22.04 or later"
  else
    finding problem "C library" "$found" "glibc 2.35 or later" "use Debian 12, Ubuntu 22.04 or later: the native libraries do not load"
  fi
}

java_properties() {
  "$java" -XshowSettings:properties -version 2>&1
}

java_itself() {
  local properties version home_of_java bits other kind="a JDK" package=openjdk-17-jdk-headless
  if ! checkout; then
    kind="a Java runtime"
    package=openjdk-17-jre-headless
  fi
  if ! command -v "$java" >/dev/null; then
    if [ -n "${JAVA_HOME:-}" ]; then
      other=$(command -v java || true)
      [ -z "$other" ] || other=", or unset it: there is also $(readlink -f "$other")"
      finding problem Java "JAVA_HOME is $JAVA_HOME, where there is no bin/java" "the folder of $kind, 17 or later" \
        "set JAVA_HOME to one${other}"
    else
      finding problem Java "no java in the PATH" "$kind, 17 or later" \
        "install one (Debian, Ubuntu: apt install $package) or set JAVA_HOME"
    fi
    return
  fi
  properties=$(java_properties) || properties=
  property() { sed -n "s/^ *${1//./\\.} = //p" <<<"$properties"; }
  version=$(property java.specification.version)
  home_of_java=$(property java.home)
  bits=$(property sun.arch.data.model)
  if [ -z "$version" ]; then
    finding problem Java "$java does not start" "$kind, 17 or later" "try '$java -version'; install another if it fails"
  elif [ "${version%%.*}" -lt 17 ]; then
    finding problem Java "$version at $(command -v "$java")" "17 or later" "install $kind of that version and set JAVA_HOME to its folder"
  elif [ -n "$bits" ] && [ "$bits" != 64 ]; then
    finding problem Java "a Java of $bits bits at $home_of_java" "64 bits" "install $kind of 64 bits"
  elif checkout && [ -n "$home_of_java" ] && [ ! -x "$home_of_java/bin/javac" ]; then
    finding problem Java "$version at $home_of_java, without a compiler" "a JDK" \
      "install a JDK, not only a JRE (Debian, Ubuntu: apt install $package)"
  else
    finding ok Java "$(property java.version) at ${home_of_java:-$(command -v "$java")}"
  fi
}

maven() {
  local said version java_of_maven
  if ! command -v mvn >/dev/null; then
    finding problem Maven "no mvn in the PATH" "3.8.7 or later" "install it (Debian 12, Ubuntu 24.04: apt install maven; Ubuntu 22.04 has an older one: https://maven.apache.org/download.cgi)"
    return
  fi
  said=$(mvn -version 2>&1) || said=
  version=$(sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' <<<"$said")
  java_of_maven=$(sed -n 's/^Java version: \([0-9]*\).*/\1/p' <<<"$said")
  if [ -z "$version" ]; then
    finding problem Maven "mvn does not start" "3.8.7 or later" "try 'mvn -version' and see what it says"
  elif ! at_least "$version" 3.8.7; then
    finding problem Maven "$version" "3.8.7 or later" "install a newer one from https://maven.apache.org/download.cgi"
  elif [ -n "$java_of_maven" ] && [ "$java_of_maven" -lt 17 ]; then
    finding problem Maven "$version, run by Java $java_of_maven" "Java 17 or later" "set JAVA_HOME to a JDK that is new enough"
  else
    finding ok Maven "$version"
  fi
}

tools() {
  local missing=()
  command -v flock >/dev/null || missing+=("flock (util-linux)")
  if checkout && ! find "$home/saccade" -printf '' 2>/dev/null; then missing+=("GNU find (findutils)"); fi
  if [ ${#missing[@]} -gt 0 ]; then
    finding problem tools "without ${missing[*]}" "what the launcher needs" "install what is missing"
  fi
}

# what, folder, gigabytes. The folder may yet have to be made.
room() {
  local folder=$2 kilobytes
  while [ ! -e "$folder" ]; do folder=$(dirname "$folder"); done
  kilobytes=$(df -Pk "$folder" | awk 'NR == 2 {print $4}')
  if [ ! -d "$folder" ] || [ ! -w "$folder" ]; then
    finding problem "$1" "$folder cannot be written" "a folder to write to" "make it yours (chown), or use another"
  elif [ "$kilobytes" -lt $(($3 << 20)) ]; then
    finding problem "$1" "$((kilobytes >> 10)) MB free at $folder" "$3 GB" "make room there"
  else
    finding ok "$1" "$((kilobytes >> 20)) GB free at $folder"
  fi
}

# Where Maven keeps its jars, unless its settings file says otherwise.
repository() {
  local said=${MAVEN_OPTS:-}
  case $said in
    *-Dmaven.repo.local=*) said=${said##*-Dmaven.repo.local=} && printf '%s' "${said%% *}" ;;
    *) printf '%s' "${HOME:-/}/.m2/repository" ;;
  esac
}

# Text for JSON: no control characters are left in it.
quoted() {
  local text=${1//\\/\\\\}
  printf '"%s"' "$(tr -d '\000-\037' <<<"${text//\"/\\\"}")"
}

print_findings() {
  local finding state what found expected advice comma=
  [ "$1" != --json ] || printf '{"well":false,"findings":['
  for finding in "${findings[@]}"; do
    IFS=$field read -r state what found expected advice <<<"$finding"
    if [ "$1" = --json ]; then
      printf '%s{"state":%s,"what":%s,"found":%s,"expected":%s,"advice":%s}' "$comma" "$(quoted "$state")" \
        "$(quoted "$what")" "$(quoted "$found")" "$(quoted "$expected")" "$(quoted "$advice")"
      comma=,
    else
      printf '%-8s %-12s %s\n' "$state" "$what" "$found"
      if [ -n "$expected" ]; then printf '%-21s expected: %s\n' "" "$expected"; fi
      if [ -n "$advice" ]; then printf '%-21s to do: %s\n' "" "$advice"; fi
    fi
  done
  [ "$1" != --json ] || printf ']}\n'
}

# Ends the launcher when something is wrong; otherwise Java may go on.
examine() {
  local format=text
  case " $* " in *" --json "*) format=--json ;; *" --help "* | *" -h "*) return ;; esac
  platform
  c_library
  java_itself
  tools
  if checkout; then
    maven
    room checkout "$home" 1
    room "Maven's jars" "$(repository)" 1
  fi
  if [ -z "$sick" ] && ! (refresh "$@"); then
    finding problem build "failed, see above" "a build without errors" \
      "if jars could not be fetched: is the network there, and its proxy or mirror in ~/.m2/settings.xml?"
  fi
  if [ -n "$sick" ]; then
    print_findings "$format"
    say "the rest is looked at when this is right; then: ./saccade doctor"
    exit 1
  fi
  SACCADE_FINDINGS=$(printf '%s\n' "${findings[@]}")
  export SACCADE_FINDINGS
}
