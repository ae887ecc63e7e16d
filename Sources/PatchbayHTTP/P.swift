import Hummingbird
import HummingbirdTLS
import HummingbirdHTTP2
import AsyncHTTPClient
import PatchbayHost
public let w = h
