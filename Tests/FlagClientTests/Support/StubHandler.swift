import FlagAPI
import FlagModel
import NIOCore
import NIOHTTP1
import Synchronization

/// Answers the requests of one connection.
final class StubHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let stub: StubControlPlane
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    private var heartbeats: RepeatedTask?

    init(stub: StubControlPlane) { self.stub = stub }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch Self.unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            self.body.clear()
        case .body(var bytes): self.body.writeBuffer(&bytes)
        case .end:
            guard let head = self.head else { return }
            self.answer(head, context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.heartbeats?.cancel()
        self.stub.closed(context.channel)
        context.fireChannelInactive()
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let state = self.stub.state.withLock { state in
            state.requests.append(.init(method: head.method, uri: head.uri, headers: head.headers))
            return (
                refusal: state.refusal, reportRefusal: state.reportRefusal, idRefusal: state.idRefusal,
                mode: state.mode, current: state.current,
                within: state.reportWithinSeconds
            )
        }
        let isReport = head.method == .PUT
        if let refusal = state.refusal ?? (isReport ? state.reportRefusal : nil)
            ?? (head.uri.contains("instance=") ? state.idRefusal : nil)
        {
            let body = (try? WireEncoder.encode(refusal)) ?? []
            self.send(
                .init(statusCode: refusal.status), ["Content-Type": "application/problem+json"], body, context)
        } else if isReport {
            self.report(within: state.within, current: state.current, context)
        } else if head.uri.contains("/stream") {
            if state.mode != .hang { self.stream(head, context) }
        } else if let current = state.current {
            let etag = "\"\(StubControlPlane.position(current))\""
            if head.headers.first(name: "If-None-Match") == etag {
                self.send(.notModified, ["ETag": etag], [], context)
            } else {
                self.send(.ok, ["ETag": etag], Array(current.json.canonical.utf8), context)
            }
        } else {
            self.send(.serviceUnavailable, [:], [], context)
        }
    }

    private func report(within: Int64, current: Snapshot?, _ context: ChannelHandlerContext) {
        guard
            let report = try? WireDecoder(unknownMembers: .refuse).decode(
                InstanceReport.self, from: Array(buffer: self.body))
        else { return self.send(.badRequest, [:], [], context) }
        self.stub.set { $0.reports.append(report) }
        let isCurrent = report.revision == current?.revision && report.digest == current?.digest
        let answer = InstanceAcknowledgement(
            revision: current?.revision ?? 0, state: isCurrent ? .current : .behind, reportWithinSeconds: within)
        self.send(.ok, [:], (try? WireEncoder.encode(answer)) ?? [], context)
    }

    private func stream(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let headers: HTTPHeaders = ["Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"]
        context.writeAndFlush(
            Self.wrapOutboundOut(.head(.init(version: .http1_1, status: .ok, headers: headers))), promise: nil)
        let channel = context.channel
        self.stub.open(channel, from: head.headers.first(name: "Last-Event-ID"))
        let stub = self.stub
        self.heartbeats = context.eventLoop.scheduleRepeatedTask(
            initialDelay: .milliseconds(20), delay: .milliseconds(20)
        ) { _ in stub.heartbeat(channel) }
    }

    private func send(
        _ status: HTTPResponseStatus, _ headers: HTTPHeaders, _ body: [UInt8], _ context: ChannelHandlerContext
    ) {
        var headers = headers
        if status != .notModified { headers.add(name: "Content-Length", value: "\(body.count)") }
        context.write(
            Self.wrapOutboundOut(.head(.init(version: .http1_1, status: status, headers: headers))), promise: nil)
        if !body.isEmpty {
            context.write(Self.wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
        }
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
    }
}
