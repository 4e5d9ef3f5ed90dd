# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# To be read by tools/try and tools/test, in the top folder: install_packages LIST...

# The names in package lists: one a line, a reason after #.
package_names() {
    sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$@"
}

missing_packages() {
    for package in $(package_names "$@"); do
        case $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) in
        ?i*) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

# Installs what is missing. Asks nothing; without the right to, says what to run and ends.
install_packages() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        echo "This is not Debian: the packages in $* are taken to be there under other names."
        return 0
    fi
    missing=$(missing_packages "$@")
    missing=${missing% }
    [ -n "$missing" ] || return 0
    install="apt-get update && apt-get install -y --no-install-recommends $missing"
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        echo "These packages are missing. As root, run:" >&2
        echo "  $install" >&2
        exit 1
    fi
    echo "Installing: $missing"
    log=$(mktemp)
    # shellcheck disable=SC2086
    if ! { $as_root apt-get -q update &&
           $as_root env DEBIAN_FRONTEND=noninteractive \
               apt-get -q -y --no-install-recommends install $missing; } >"$log" 2>&1 </dev/null
    then
        cat "$log" >&2
        rm -f "$log"
        echo "The packages could not be installed. As root, run:" >&2
        echo "  $install" >&2
        exit 1
    fi
    rm -f "$log"
}
