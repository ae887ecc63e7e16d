#pragma once
#ifdef __cplusplus
extern "C" {
#endif

/// What `patchbay_phone_parse` found out about a number. Strings end in NUL.
typedef struct {
    char e164[32];
    char national[64];
    char international[64];
    char region[8];
    /// Long enough and short enough for its country, and dialled as it is from everywhere: not without its area code.
    int isPossible;
    /// In a range that its country has assigned.
    int isValid;
} PatchbayPhone;

/// Reads `input` as a person of `region` (ISO 3166-1 alpha-2) would type it.
/// Returns 0, or libphonenumber's error (1 invalid country code, 2 not a number, 3–5 wrong length).
int patchbay_phone_parse(const char *input, const char *region, PatchbayPhone *out);

/// 1 if `region` is a region that libphonenumber knows, else 0.
int patchbay_phone_knows_region(const char *region);

/// 1 if `e164` is in a range whose calls cost the caller extra, else 0.
int patchbay_phone_is_premium(const char *e164);

/// 1 if `digits`, dialled as they are in `region`, reach an emergency service, else 0.
int patchbay_phone_is_emergency(const char *digits, const char *region);

/// How many of the digits of `e164` say where it is: all for a number that belongs to a place, those of the country for
/// a mobile or toll-free one, 0 for what can't be read.
int patchbay_phone_place_digits(const char *e164);

#ifdef __cplusplus
}
#endif
