/// MurmurHash3 x86 32 (Austin Appleby, public domain), fed in parts and without allocating.
///
/// Feeding `a` and then `b` gives the hash of `a ‖ b`, so a flag's seed is hashed once, when its snapshot is compiled.
public struct Murmur3: Sendable {
    private var hash: UInt32
    private var pending: UInt32 = 0
    private var pendingCount: UInt32 = 0
    private var length: UInt32 = 0

    /// Starts a hash.
    public init(seed: UInt32 = 0) {
        self.hash = seed
    }

    /// Feeds the UTF-8 encoding of `text`.
    public mutating func update(_ text: String) {
        let state = self
        // A native string is contiguous UTF-8, so this is the path that runs; a bridged one goes byte by byte.
        let direct = text.utf8.withContiguousStorageIfAvailable { buffer in
            var state = state
            state.update(buffer)
            return state
        }
        if let direct {
            self = direct
        } else {
            for byte in text.utf8 { self.update(byte) }
        }
    }

    /// Feeds bytes.
    public mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
        var position = 0
        while self.pendingCount > 0, position < bytes.count {
            self.update(bytes[position])
            position += 1
        }
        let words = UnsafeRawBufferPointer(bytes)
        while bytes.count - position >= 4 {
            let word = words.loadUnaligned(fromByteOffset: position, as: UInt32.self)
            self.mix(UInt32(littleEndian: word))
            self.length &+= 4
            position += 4
        }
        while position < bytes.count {
            self.update(bytes[position])
            position += 1
        }
    }

    /// Feeds one byte.
    public mutating func update(_ byte: UInt8) {
        self.pending |= UInt32(byte) << (8 * self.pendingCount)
        self.pendingCount += 1
        self.length &+= 1
        if self.pendingCount == 4 {
            self.mix(self.pending)
            self.pending = 0
            self.pendingCount = 0
        }
    }

    /// The hash of all that was fed.
    public func finalize() -> UInt32 {
        var hash = self.hash
        if self.pendingCount > 0 { hash ^= Self.scramble(self.pending) }
        hash ^= self.length
        hash ^= hash >> 16
        hash &*= 0x85EB_CA6B
        hash ^= hash >> 13
        hash &*= 0xC2B2_AE35
        hash ^= hash >> 16
        return hash
    }

    private mutating func mix(_ word: UInt32) {
        self.hash ^= Self.scramble(word)
        self.hash = self.hash << 13 | self.hash >> 19
        self.hash = self.hash &* 5 &+ 0xE654_6B64
    }

    private static func scramble(_ word: UInt32) -> UInt32 {
        var word = word &* 0xCC9E_2D51
        word = word << 15 | word >> 17
        return word &* 0x1B87_3593
    }
}
