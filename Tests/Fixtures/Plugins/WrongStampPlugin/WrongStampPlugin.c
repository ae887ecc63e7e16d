#include "WrongStampPlugin.h"

#include <stdlib.h>

const char *patchbay_wrong_stamp_stamp(void) { return "patchbay-sdk 0.1; clang 3.4"; }

void *patchbay_wrong_stamp_plugin(void) { abort(); }
