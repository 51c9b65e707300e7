# How the launcher, which sources this, runs a checkout: what is stale is built before.

readonly made=$home/deploy/cli/target
readonly class_data=$made/saccade.jsa
readonly stamp=$made/saccade.built

class_path() {
  cat "$made/saccade.classpath"
}

# What the build depends on: name, size and time of each source file, so that a file that was deleted,
# renamed or set back in time counts as a change too.
sources() {
  (cd "$home" && find pom.xml connectors models flink-job deploy \
    \( -name target -o -path '*/src/test' -o -name clips -o -path models/bundles -o -path models/training \
    -o -path deploy/dist -o -name '.*' -o -name '*.md' \) -prune -o \
    -type f -printf '%p %s %T@\n' | sort)
}

# Every jar of the class path is there, ours and those in Maven's folder.
complete() {
  local jar jars
  IFS=: read -ra jars <"$made/saccade.classpath" || return 1
  for jar in "${jars[@]}"; do [ -f "$jar" ] || return 1; done
}

stale() {
  [ ! -f "$stamp" ] || [ "$(sources)" != "$(cat "$stamp")" ] || ! complete
}

build() {
  command -v mvn >/dev/null || fail "Maven 3.8.7 or later is needed to build, but 'mvn' was not found"
  local version before
  version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p')
  [ "${version%%.*}" -ge 17 ] || fail "Java 17 or later is needed, but '$java' is $version"
  say "building; the first time takes some minutes, mostly for downloads"
  before=$(sources)
  mkdir -p "$made"
  rm -f "$stamp" "$class_data"
  (cd "$home" && mvn -q -T2 -pl deploy/cli -am package -Plauncher \
    -Dmaven.test.skip=true -Dspotless.check.skip=true -Denforcer.skip=true) >&2 ||
    fail "the build failed, see above"
  printf '%s\n' "$made/$(cd "$made" && ls saccade-cli-*.jar):$(cat "$made/classpath.txt")" >"$made/saccade.classpath"
  prepare
  printf '%s\n' "$before" >"$stamp"
}

refresh() {
  if stale; then exclusively rebuild; fi
}

# Another launcher may have built meanwhile.
rebuild() {
  if stale; then build; fi
}
