#!/bin/sh
# Makes a Raspberry Pi (or another Debian) a Matside station, or brings one up to date.
#
#     sudo ./install.sh                          install, or update
#     sudo ./install.sh --uninstall              take it off; settings and sessions stay
#     sudo ./install.sh --uninstall --purge      take it off with settings and sessions
#
# It builds the Debian package for this machine from this folder and installs it, so there is one
# way in and one way out. With a folder of wheels beside it (packaging/wheels) Python needs no
# network; if chromium, cage and wlr-randr are there already, nothing does. It asks nothing.
set -eu

usage() { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
say() { echo "install.sh: $*"; }
stop() { echo "install.sh: $*" >&2; exit 1; }

uninstall=false purge=false
for argument in "$@"; do
    case $argument in
        --uninstall) uninstall=true ;;
        --purge) purge=true ;;
        *) usage ;;
    esac
done
if $purge && ! $uninstall; then usage; fi

[ "$(id -u)" -eq 0 ] || stop "it changes the system: sudo ./install.sh"
command -v apt-get >/dev/null || stop "this is no Debian or Raspberry Pi OS: there is no apt-get."
export DEBIAN_FRONTEND=noninteractive
root=$(dirname "$(realpath "$0")")

apt_get() { apt-get --quiet=2 --yes --option Dpkg::Use-Pty=0 "$@"; }
is_installed() { [ "$(dpkg-query -f '${db:Status-Status}' -W "$1" 2>/dev/null)" = installed ]; }

remove() {
    if $purge; then
        # Matside may have been removed without --purge before. dpkg still knows it then.
        dpkg-query -W matside >/dev/null 2>&1 || stop "there is no Matside here."
        apt_get purge matside
        say "removed, with its settings and sessions."
    else
        is_installed matside || stop "there is no Matside here."
        apt_get remove matside
        say "removed. Settings are still in /etc/matside, sessions in /var/lib/matside."
    fi
    say "what it needed (chromium, cage ...) stays: sudo apt autoremove takes what nobody uses."
}

needs() { # prints the packages that are needed to build ours and are not installed
    for package in python3 python3-venv; do is_installed "$package" || echo "$package"; done
}

build() { # builds our package in the folder $1
    python=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    architecture=$(dpkg --print-architecture)
    wheels=$root/wheels
    if [ -d "$wheels" ]; then
        say "taking Python's packages from wheels/"
    else
        wheels=$1/wheels
        say "fetching Python's packages"
        PIP="python3 $(ls /usr/share/python-wheels/pip-*.whl)/pip" \
            "$root/packaging/wheels" "$wheels" "$architecture" "$python"
    fi
    "$root/packaging/deb" "$wheels" "$architecture" "$1" >/dev/null
}

install() {
    need=$(needs)
    # shellcheck disable=SC2086 # each package is a word of its own
    if [ -n "$need" ]; then apt_get update && apt_get install $need; fi

    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    chmod 755 "$scratch" # apt reads the package as another user
    build "$scratch"
    package=$(ls "$scratch"/matside_*.deb)

    built=$(dpkg-deb --fsys-tarfile "$package" | tar -xO ./usr/lib/matside/build)
    if is_installed matside && [ "$(cat /usr/lib/matside/build)" = "$built" ]; then
        say "Matside is installed from just these files: nothing to do."
        return
    fi
    if ! apt_get --simulate --no-download install "$package" >/dev/null 2>&1; then
        apt_get update
    fi
    apt_get --reinstall --allow-downgrades install "$package"
    say "done. What next:
  1. Look through /etc/matside/config.toml (every setting is explained there).
  2. sudo matside check says what is wrong, and what to do.
  3. sudo reboot: the station comes up on the screen by itself, and takes the first console."
}

if $uninstall; then remove; else install; fi
