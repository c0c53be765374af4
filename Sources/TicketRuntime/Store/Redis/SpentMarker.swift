import FlagModel
import RedisClient

/// What takes a record's place when the ticket is consumed: `S`, the time in 15 digits of milliseconds, the instance.
///
/// Digits and not bytes, because Redis compares two of them in a script.
struct SpentMarker: RedisArgument, Sendable {
    /// The first byte.
    static let mark = UInt8(ascii: "S")
    private static let digitCount = 15

    let use: SpentTicket

    init(_ use: SpentTicket) {
        self.use = use
    }

    /// Reads what ``write(to:)`` wrote, or nil for anything else.
    init?(bytes: [UInt8]) {
        let head = 1 + Self.digitCount
        guard bytes.count >= head, bytes[0] == Self.mark else { return nil }
        var milliseconds: Int64 = 0
        for byte in bytes[1..<head] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            milliseconds = milliseconds * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        guard let instance = String(validating: bytes[head...], as: UTF8.self) else { return nil }
        self.use = SpentTicket(at: Timestamp(millisecondsSinceEpoch: milliseconds), by: instance)
    }

    var redisByteCount: Int { 1 + Self.digitCount + self.use.instance.utf8.count }

    func write(to writer: inout RedisArgumentWriter) {
        writer.append(Self.mark)
        let milliseconds = UInt64(clamping: self.use.at.millisecondsSinceEpoch)
        var divisor: UInt64 = 100_000_000_000_000
        while divisor > 0 {
            writer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: milliseconds / divisor % 10))
            divisor /= 10
        }
        self.use.instance.write(to: &writer)
    }
}
