#include "include/CPhoneNumber.h"

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include <cstring>
#include <set>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

template <size_t capacity>
static void copy(const std::string &text, char (&out)[capacity]) {
    std::strncpy(out, text.c_str(), capacity - 1);
    out[capacity - 1] = 0;
}

extern "C" int patchbay_phone_parse(const char *input, const char *region, PatchbayPhone *out) {
    const auto *numbers = PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    const auto error = numbers->Parse(input, region, &number);
    if (error != PhoneNumberUtil::NO_PARSING_ERROR) return error;
    std::string text;
    numbers->Format(number, PhoneNumberUtil::E164, &text);
    copy(text, out->e164);
    numbers->Format(number, PhoneNumberUtil::NATIONAL, &text);
    copy(text, out->national);
    numbers->Format(number, PhoneNumberUtil::INTERNATIONAL, &text);
    copy(text, out->international);
    numbers->GetRegionCodeForNumber(number, &text);
    copy(text, out->region);
    out->isPossible = numbers->IsPossibleNumberWithReason(number) == PhoneNumberUtil::IS_POSSIBLE ? 1 : 0;
    out->isValid = numbers->IsValidNumber(number) ? 1 : 0;
    return 0;
}

extern "C" int patchbay_phone_knows_region(const char *region) {
    static const std::set<std::string> regions = [] {
        std::set<std::string> known;
        PhoneNumberUtil::GetInstance()->GetSupportedRegions(&known);
        return known;
    }();
    return regions.count(region) > 0 ? 1 : 0;
}

extern "C" int patchbay_phone_is_premium(const char *e164) {
    const auto *numbers = PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    if (numbers->Parse(e164, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return 0;
    return numbers->GetNumberType(number) == PhoneNumberUtil::PREMIUM_RATE ? 1 : 0;
}

extern "C" int patchbay_phone_is_emergency(const char *digits, const char *region) {
    static const ShortNumberInfo short_numbers;
    return short_numbers.IsEmergencyNumber(digits, region) ? 1 : 0;
}

extern "C" int patchbay_phone_place_digits(const char *e164) {
    const auto *numbers = PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    if (numbers->Parse(e164, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return 0;
    if (numbers->IsNumberGeographical(number)) return static_cast<int>(std::strlen(e164)) - 1;
    return static_cast<int>(std::to_string(number.country_code()).size());
}
