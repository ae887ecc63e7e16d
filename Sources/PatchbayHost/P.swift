import PatchbaySDK
import _CryptoExtras
public let h = 1
