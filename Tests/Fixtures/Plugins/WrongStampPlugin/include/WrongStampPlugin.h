#pragma once

/// A stamp that no host has.
const char *patchbay_wrong_stamp_stamp(void);

/// Must never be called: the stamp is wrong.
void *patchbay_wrong_stamp_plugin(void);
