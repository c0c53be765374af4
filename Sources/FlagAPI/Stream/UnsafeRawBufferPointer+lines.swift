#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension UnsafeRawBufferPointer {
    /// Where `byte` first stands; nil: nowhere.
    func position(of byte: UInt8) -> Int? {
        guard let start = self.baseAddress, let found = memchr(start, Int32(byte), self.count) else { return nil }
        return UnsafeRawPointer(found) - start
    }

    /// The bytes at these positions.
    func part(_ positions: some RangeExpression<Int>) -> Self {
        Self(rebasing: self[positions.relative(to: self)])
    }
}
