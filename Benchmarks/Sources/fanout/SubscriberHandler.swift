import BenchmarkSupport
import Foundation
import NIOCore

/// Reads one endless answer in chunked encoding (RFC 9112, section 7.1), cuts its body into messages and hands them to a
/// subscriber. By hand, because a thousand subscribers share this machine's cores with the server that is measured.
final class SubscriberHandler<Reader: Subscriber>: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var reader: Reader
    private let arrivals: Arrivals
    /// What was received and not yet understood.
    private var received = ByteBuffer()
    /// What came of a message whose end did not.
    private var pending = ByteBuffer()
    private var isInBody = false
    /// How much of the chunk at hand is still to come, the line break after it not counted.
    private var left = 0

    init(_ reader: Reader, _ arrivals: Arrivals) {
        self.reader = reader
        self.arrivals = arrivals
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = self.unwrapInboundIn(data)
        self.received.writeBuffer(&part)
        do {
            if !self.isInBody { try self.readHead() }
            while self.isInBody, try self.readChunk() {}
            self.received.discardReadBytes()
        } catch {
            self.arrivals.fail(error)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.arrivals.fail(BenchmarkError("a stream was ended"))
    }

    private func readHead() throws {
        guard let length = self.received.length(upTo: "\r\n\r\n") else { return }
        let head = self.received.readString(length: length) ?? ""
        self.received.moveReaderIndex(forwardBy: 4)
        guard head.hasPrefix("HTTP/1.1 200"), head.lowercased().contains("transfer-encoding: chunked") else {
            throw BenchmarkError("a subscriber was answered \(head)")
        }
        self.isInBody = true
    }

    /// Reads on in the chunk at hand, or the line before the next one; false: more has to come first.
    private func readChunk() throws -> Bool {
        if self.left == 0 {
            guard let length = self.received.length(upTo: "\r\n") else { return false }
            let line = self.received.readString(length: length) ?? ""
            self.received.moveReaderIndex(forwardBy: 2)
            // The empty line after a chunk.
            if line.isEmpty { return true }
            guard let size = Int(line, radix: 16), size > 0 else { throw BenchmarkError("a stream was ended") }
            self.left = size
        }
        guard var part = self.received.readSlice(length: min(self.left, self.received.readableBytes)),
            part.readableBytes > 0
        else { return false }
        self.left -= part.readableBytes
        if self.pending.readableBytes == 0 { self.pending = part } else { self.pending.writeBuffer(&part) }
        try self.cut()
        return true
    }

    private func cut() throws {
        while let length = self.pending.length(upTo: Reader.separator),
            let message = self.pending.readSlice(length: length)
        {
            self.pending.moveReaderIndex(forwardBy: Reader.separator.utf8.count)
            if let number = try self.reader.receive(message) { self.arrivals.record(number) }
        }
    }
}

extension ByteBuffer {
    /// How many bytes stand before `text`; nil: it does not occur.
    func length(upTo text: String) -> Int? {
        var text = text
        return text.withUTF8 { wanted in
            self.withUnsafeReadableBytes { bytes in
                guard let start = bytes.baseAddress, let first = wanted.first, let text = wanted.baseAddress else {
                    return nil
                }
                var place = 0
                while place + wanted.count <= bytes.count {
                    guard let found = memchr(start + place, Int32(first), bytes.count - place) else { return nil }
                    place = UnsafeRawPointer(found) - start
                    guard place + wanted.count <= bytes.count else { return nil }
                    if memcmp(start + place, text, wanted.count) == 0 { return place }
                    place += 1
                }
                return nil
            }
        }
    }
}
