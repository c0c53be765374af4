import NIOCore
import Synchronization

/// What a fault does to one connection, piece by piece.
final class FaultyConnection: Sendable {
    /// What to do with a piece that the server sent.
    enum Verdict {
        case pass(ByteBuffer)
        case keep
        case cut(after: ByteBuffer)
    }

    private struct State {
        var fault: ProxyFault
        var passed = 0
        var isStream = false
    }

    private let state: Mutex<State>
    private let didHarm: @Sendable () -> Void

    /// - Parameter didHarm: Called for each cut, each delta corrupted and each stream kept.
    init(_ fault: ProxyFault, didHarm: @escaping @Sendable () -> Void) {
        self.state = Mutex(State(fault: fault))
        self.didHarm = didHarm
    }

    /// Notes what the client asks for. Requests are small enough to come in one piece.
    func ask(_ bytes: ByteBuffer) {
        let asksForStream = bytes.readableBytesView.firstRange(of: Array("/stream".utf8)) != nil
        let isHeld = self.state.withLock { state in
            state.isStream = state.isStream || asksForStream
            return asksForStream && state.fault == .swallowStreams
        }
        if isHeld { self.didHarm() }
    }

    /// Judges what the server answers.
    func answer(_ bytes: ByteBuffer) -> Verdict {
        let (fault, passed, isStream) = self.state.withLock { state in
            defer { state.passed += bytes.readableBytes }
            return (state.fault, state.passed, state.isStream)
        }
        switch fault {
        case .none: return .pass(bytes)
        case .cut(let limit):
            guard passed + bytes.readableBytes > limit else { return .pass(bytes) }
            self.didHarm()
            var rest = bytes
            return .cut(after: rest.readSlice(length: max(0, limit - passed)) ?? ByteBuffer())
        case .swallowStreams: return isStream ? .keep : .pass(bytes)
        case .corruptDeltas(let place):
            guard let corrupted = Self.corrupted(bytes, at: place) else { return .pass(bytes) }
            self.didHarm()
            return .pass(corrupted)
        }
    }

    private static func corrupted(_ bytes: ByteBuffer, at place: Double) -> ByteBuffer? {
        var raw = Array(bytes.readableBytesView)
        guard let start = raw.firstRange(of: Array("event: delta\ndata: ".utf8))?.upperBound else { return nil }
        let data = start..<(raw[start...].firstIndex(of: UInt8(ascii: "\n")) ?? raw.endIndex)
        let target = start + Int(Double(data.count) * place)
        let isPlain = { (index: Int) in
            switch raw[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
            default: false
            }
        }
        guard let index = (target..<data.upperBound).first(where: isPlain) ?? data.last(where: isPlain) else {
            return nil
        }
        raw[index] ^= 1
        return ByteBuffer(bytes: raw)
    }
}
