# How the launcher, which sources this, runs the unpacked archive: everything is there, nothing is built.

# Without starting it: each Java tells its version in a file. One that does not is taken for new enough.
java_version() {
  local release
  release=$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")/release
  sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$release" 2>/dev/null || true
}

version=$(java_version)
readonly made=$work
# Another Java cannot use it.
readonly class_data=$made/saccade-${version:-java}.jsa

# In one order on every machine.
class_path() {
  local IFS=: LC_ALL=C jars
  jars=("$home"/lib/*.jar "$home"/cluster-lib/*.jar)
  printf '%s' "${jars[*]}"
}

# With what is run to try Saccade out: a service must not do this at its first start, nor a small machine at all.
refresh() {
  [ -z "$version" ] || [ "${version%%.*}" -ge 17 ] || fail "Java 17 or later is needed, but '$java' is $version"
  case " $* " in *" --help "* | *" -h "*) return ;; " quickstart "* | " doctor "*) ;; *) return ;; esac
  if [ ! -e "$class_data" ]; then exclusively prepare_once; fi
}

# What failed leaves an empty file, and is not tried again.
prepare_once() {
  [ ! -e "$class_data" ] || return 0
  rm -f "$made"/saccade-*.jsa
  prepare
  [ -e "$class_data" ] || : >"$class_data"
}
