@_exported import CPatchbayABI
@_exported import GRDB
