import PatchbaySDK

// A library with the right stamp that hands over no plugin.
@c(patchbay_stamp_only_stamp) public func stampOnlyStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
