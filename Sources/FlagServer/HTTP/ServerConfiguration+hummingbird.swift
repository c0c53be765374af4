internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore

extension HTTP1Channel.Configuration {
    /// What the limits say about connections.
    init(_ limits: RequestLimits) {
        self.init(
            additionalChannelHandlers: [RequestDeadlineHandler(limits: limits)],
            idleTimeout: TimeAmount(limits.idleTimeout),
            httpDecoderConfiguration: DecoderConfiguration(
                maxHeaderFieldSize: limits.headerField, maxHeaderListSize: limits.headerList,
                maxHeaderFieldCount: limits.headerCount))
    }
}

extension ApplicationConfiguration {
    /// Where to listen, and to how many.
    init(_ configuration: ServerConfiguration, logger: Logger) {
        self.init(
            address: .hostname(configuration.listen.host, port: configuration.listen.port),
            availableConnectionsDelegate: ConnectionCap(
                maximum: configuration.limits.connections, logger: logger))
    }
}
