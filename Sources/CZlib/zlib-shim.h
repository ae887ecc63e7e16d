// The system's zlib, for gzip.
#include <zlib.h>
