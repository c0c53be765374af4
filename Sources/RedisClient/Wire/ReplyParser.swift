internal import CHiredis

/// Turns bytes into replies with hiredis' `redisReader`.
///
/// After an error the reader is dead and the connection has to be closed.
struct ReplyParser: ~Copyable {
    /// hiredis moves the rest of its buffer after every thousand parsed bytes, so larger portions cost quadratically.
    private static let portion = 16 << 10

    private let limits: ReplyLimits
    private let reader: UnsafeMutablePointer<redisReader>
    private let builder: UnsafeMutablePointer<ReplyBuilder>
    /// hiredis keeps a pointer to this table: it lives as long as the reader.
    private let functions: UnsafeMutablePointer<redisReplyObjectFunctions>
    private var isDead = false

    /// - Throws: ``ReplyParserError/noMemory``.
    init(limits: ReplyLimits = ReplyLimits()) throws(ReplyParserError) {
        let functions = UnsafeMutablePointer<redisReplyObjectFunctions>.allocate(capacity: 1)
        functions.initialize(
            to: redisReplyObjectFunctions(
                createString: createString, createArray: createArray, createInteger: createInteger,
                createNil: createNil, freeObject: freeObject))
        guard let reader = redisReaderCreateWithFunctions(functions) else {
            functions.deallocate()
            throw .noMemory
        }
        let builder = UnsafeMutablePointer<ReplyBuilder>.allocate(capacity: 1)
        builder.initialize(to: ReplyBuilder(limits: limits))
        reader.pointee.privdata = UnsafeMutableRawPointer(builder)
        self.limits = limits
        self.reader = reader
        self.builder = builder
        self.functions = functions
    }

    deinit {
        redisReaderFree(self.reader)
        self.builder.deinitialize(count: 1)
        self.builder.deallocate()
        self.functions.deallocate()
    }

    /// Parses `bytes`, which continue those of earlier calls, and appends each reply that is complete.
    ///
    /// - Throws: ``ReplyParserError``; replies that were complete before the error are appended.
    mutating func parse(_ bytes: UnsafeRawBufferPointer, into replies: inout [RedisValue]) throws(ReplyParserError) {
        guard !self.isDead else { throw .dead }
        var rest = bytes
        while let base = rest.baseAddress, !rest.isEmpty {
            let count = min(rest.count, Self.portion)
            guard redisReaderFeed(self.reader, base.assumingMemoryBound(to: CChar.self), count) == REDIS_OK else {
                throw self.failed()
            }
            try self.drain(into: &replies)
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }

    /// Takes every complete reply out of the reader, then checks what an incomplete one has come to.
    private mutating func drain(into replies: inout [RedisValue]) throws(ReplyParserError) {
        while true {
            var object: UnsafeMutableRawPointer?
            guard redisReaderGetReply(self.reader, &object) == REDIS_OK else { throw self.failed() }
            guard object != nil, let reply = self.builder.pointee.take() else { break }
            replies.append(reply)
        }
        let reader = self.reader.pointee
        let unparsed = UnsafeRawBufferPointer(start: reader.buf + reader.pos, count: reader.len - reader.pos)
        if !unparsed.isEmpty { try self.check(unparsed) }
    }

    /// Checks the beginning of an incomplete piece: what it claims to become, and what it has become already.
    private mutating func check(_ unparsed: UnsafeRawBufferPointer) throws(ReplyParserError) {
        if self.isInsideBulk {
            var claim = 0
            for byte in unparsed.prefix(18) {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { break }
                claim = claim * 10 + Int(byte - UInt8(ascii: "0"))
            }
            guard claim > self.limits.bytes || unparsed.count > self.limits.bytes + 64 else { return }
            self.isDead = true
            throw .tooLarge("\(self.limits.bytes) bytes")
        }
        guard unparsed.count > self.limits.lineBytes else { return }
        self.isDead = true
        throw .tooLarge("\(self.limits.lineBytes) bytes in a line")
    }

    /// Whether the piece that hiredis is waiting to complete is a bulk string (whose bytes are not a line).
    private var isInsideBulk: Bool {
        let index = Int(self.reader.pointee.ridx)
        return withUnsafeBytes(of: self.reader.pointee.rstack) { stack in
            let tasks = stack.bindMemory(to: redisReadTask.self)
            return tasks.indices.contains(index) && tasks[index].type == REDIS_REPLY_STRING
        }
    }

    private mutating func failed() -> ReplyParserError {
        self.isDead = true
        if let violation = self.builder.pointee.violation { return violation }
        let reason = withUnsafeBytes(of: self.reader.pointee.errstr) { text in
            String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        }
        return .malformed(reason)
    }
}

// MARK: - What hiredis calls

/// The builder that the reader's private data points to: it outlives every call, because the parser owns both.
private func builder(of task: UnsafePointer<redisReadTask>?) -> UnsafeMutablePointer<ReplyBuilder>? {
    task?.pointee.privdata?.assumingMemoryBound(to: ReplyBuilder.self)
}

/// What hiredis gets as "the object": any pointer that is not null means success.
private func object(
    _ builder: UnsafeMutablePointer<ReplyBuilder>?, ifAccepted isAccepted: Bool
) -> UnsafeMutableRawPointer? {
    isAccepted ? UnsafeMutableRawPointer(builder) : nil
}

private func createString(
    task: UnsafePointer<redisReadTask>?, text: UnsafeMutablePointer<CChar>?, count: Int
) -> UnsafeMutableRawPointer? {
    guard let task, let text, let builder = builder(of: task) else { return nil }
    let bytes = UnsafeRawBufferPointer(start: text, count: count)
    let value: RedisValue =
        switch task.pointee.type {
        case REDIS_REPLY_STATUS: .simple(String(decoding: bytes, as: UTF8.self))
        case REDIS_REPLY_ERROR: .error(RedisServerError(reply: String(decoding: bytes, as: UTF8.self)))
        default: .bulk([UInt8](bytes))
        }
    return object(builder, ifAccepted: builder.pointee.add(value, size: count))
}

private func createArray(task: UnsafePointer<redisReadTask>?, count: Int32) -> UnsafeMutableRawPointer? {
    guard let builder = builder(of: task) else { return nil }
    return object(builder, ifAccepted: builder.pointee.open(count: Int(count)))
}

private func createInteger(task: UnsafePointer<redisReadTask>?, value: Int64) -> UnsafeMutableRawPointer? {
    guard let builder = builder(of: task) else { return nil }
    return object(builder, ifAccepted: builder.pointee.add(.integer(value), size: 8))
}

private func createNil(task: UnsafePointer<redisReadTask>?) -> UnsafeMutableRawPointer? {
    guard let builder = builder(of: task) else { return nil }
    return object(builder, ifAccepted: builder.pointee.add(.null, size: 1))
}

/// Nothing to free: the builder owns the values.
private func freeObject(object: UnsafeMutableRawPointer?) {}
