# Sourced by ./mvnw and ./dr: points JAVA_HOME at the newest JDK from 21 up that this machine has.
# JAVA_HOME wins when it is new enough, so that a person can choose; the default `java` may be older.

jdk_version() { # prints the feature version of the JDK in $1, or 0
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true)
    if [ -x "$1/bin/javac" ] && [ -n "$version" ]; then echo "$version"; else echo 0; fi
}

find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && [ "$(jdk_version "$JAVA_HOME")" -ge 21 ]; then
        export JAVA_HOME
        return
    fi
    newest=20
    java_on_path=$(command -v java || true)
    if [ -n "$java_on_path" ]; then java_on_path=$(dirname "$(dirname "$(readlink -f "$java_on_path")")"); fi
    for home in "$java_on_path" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        found=$(jdk_version "$home")
        if [ "$found" -gt "$newest" ]; then newest=$found; JAVA_HOME=$home; fi
    done
    if [ "$newest" -lt 21 ]; then
        echo "no JDK 21 or newer found in JAVA_HOME, on PATH or in the usual folders" >&2
        echo "HINT: on Debian, 'apt-get install openjdk-21-jdk-headless' (or a newer one), or set JAVA_HOME" >&2
        exit 2
    fi
    export JAVA_HOME
}
