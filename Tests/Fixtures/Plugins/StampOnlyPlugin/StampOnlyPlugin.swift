import PatchbaySDK

// A library with the right stamp that hands over no plugin.
/// Says which SDK and compiler this library was built with; the function that hands over the type is missing.
@c(patchbay_stamp_only_stamp) public func stampOnlyStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
