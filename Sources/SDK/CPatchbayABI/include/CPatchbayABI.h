#pragma once

/// The version of the plugin interface. A change that breaks plugins raises it.
#define PATCHBAY_SDK_VERSION "1.0"

#define PATCHBAY_TEXT_OF(x) #x
#define PATCHBAY_TEXT(x) PATCHBAY_TEXT_OF(x)

/// The compiler and the SDK that this very translation unit was built with.
/// `static inline`, so that a plugin records its own build, not the host's.
static inline const char *patchbay_build_stamp(void) {
    return "patchbay-sdk " PATCHBAY_SDK_VERSION "; clang " PATCHBAY_TEXT(__clang_major__) "." PATCHBAY_TEXT(
        __clang_minor__) "; " __VERSION__;
}
