internal import CHiredis

/// Receives the pieces that hiredis finds and puts a ``RedisValue`` together.
///
/// hiredis asks for an object per piece and only hands the pointers back, so one constant pointer serves for all, the
/// values live here, and the bytes of a bulk string are copied exactly once.
struct ReplyBuilder {
    private struct Frame {
        var remaining: Int
        var elements: [RedisValue]
    }

    let limits: ReplyLimits
    private(set) var violation: ReplyParserError?
    private var root: RedisValue?
    private var frames: [Frame] = []
    private var bytes = 0
    private var elements = 0

    init(limits: ReplyLimits) {
        self.limits = limits
    }

    /// The complete reply; the builder is ready for the next one.
    mutating func take() -> RedisValue? {
        self.bytes = 0
        self.elements = 0
        return self.root.take()
    }

    /// Takes one scalar. False if a limit is passed.
    mutating func add(_ value: RedisValue, size: Int) -> Bool {
        guard !self.frames.isEmpty else {
            self.root = value
            return true
        }
        self.bytes += size
        guard self.bytes <= self.limits.bytes else {
            self.violation = .tooLarge("\(self.limits.bytes) bytes")
            return false
        }
        self.attach(value)
        return true
    }

    /// Opens an array of `count` elements. False if a limit is passed.
    mutating func open(count: Int) -> Bool {
        self.elements += count
        guard self.elements <= self.limits.elements else {
            self.violation = .tooLarge("\(self.limits.elements) elements")
            return false
        }
        guard self.frames.count < self.limits.depth else {
            self.violation = .tooLarge("\(self.limits.depth) nested arrays")
            return false
        }
        guard count > 0 else {
            self.attach(.array([]))
            return true
        }
        var elements: [RedisValue] = []
        // The count is the sender's claim: memory is not taken for more than a page's worth of it in advance.
        elements.reserveCapacity(min(count, 128))
        self.frames.append(Frame(remaining: count, elements: elements))
        return true
    }

    private mutating func attach(_ value: RedisValue) {
        var value = value
        while var frame = self.frames.popLast() {
            frame.elements.append(value)
            frame.remaining -= 1
            guard frame.remaining == 0 else {
                self.frames.append(frame)
                return
            }
            value = .array(frame.elements)
        }
        self.root = value
    }
}
