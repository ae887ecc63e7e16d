import PatchbayHost

/// Where the server listens and how it is reached.
public struct ServerSettings: Sendable {
    /// The files that TLS needs, in PEM.
    public struct TLSFiles: Sendable {
        /// The path of the file with the certificate, then those that vouch for it.
        public var certificateChain: String
        /// The path of the file with the certificate's private key.
        public var privateKey: String

        /// Names the two files; they are read when the server starts.
        public init(certificateChain: String, privateKey: String) {
            self.certificateChain = certificateChain
            self.privateKey = privateKey
        }
    }

    /// The address to bind; loopback unless somebody decides otherwise.
    public var host: String
    /// 0 takes any free port.
    public var port: Int
    /// With it the server speaks TLS with HTTP/2 and HTTP/1.1, without it HTTP/1.1 in clear.
    public var tls: TLSFiles?
    /// How browsers reach the portal, such as `https://portal.example`, when a proxy stands in front.
    public var publicURL: String?
    /// Which other portals may show the dock in their pages; `nil` for none.
    public var embedding: EmbeddingSettings?

    /// Makes settings.
    ///
    /// - Parameter publicURL: Where people reach the portal, if that isn't where it listens.
    public init(
        host: String = "127.0.0.1", port: Int = 8080, tls: TLSFiles? = nil, publicURL: String? = nil,
        embedding: EmbeddingSettings? = nil
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.publicURL = publicURL
        self.embedding = embedding
    }

    /// Whether browsers come by TLS, ours or a proxy's: then cookies are `Secure` and HSTS is sent.
    var isReachedByTLS: Bool { tls != nil || publicURL?.lowercased().hasPrefix("https://") == true }

    /// The address to print, such as `http://127.0.0.1:8080`.
    public func address(port: Int) -> String {
        publicURL ?? "\(tls == nil ? "http" : "https")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
}

/// What a request may cost, as the article Promises says.
enum RequestLimit {
    /// JSON bodies.
    static let jsonInBytes = 1 << 20
    /// The body that sends a message.
    static let messageInBytes = 64 << 10
    /// An attachment.
    static let attachmentInBytes = 10 << 20
    /// A CSV file to import.
    static let importInBytes = 10 << 20
    /// All header fields of a request together.
    static let headersInBytes = 32 << 10
    static let headerCount = 100
    /// From the connection to its first whole header.
    static let headerTimeout = Duration.seconds(15)
    /// A connection that waits for its next request.
    static let idleTimeout = Duration.seconds(60)
    /// From the first to the last byte of a JSON body.
    static let bodyTimeout = Duration.seconds(30)
    /// From the first to the last byte of an upload.
    static let uploadTimeout = Duration.seconds(300)
    /// Requests to public pages of plugins from one address a minute.
    static let pagesPerMinute = 120
}
