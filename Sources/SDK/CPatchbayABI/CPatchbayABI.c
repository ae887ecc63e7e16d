#include "CPatchbayABI.h"
