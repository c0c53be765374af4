/// Space that is held back so that it can be given up when there is none left.
protocol DiskReserve: Sendable {
    /// Whether the space is held.
    var isInPlace: Bool { get }
    /// Gives the space up. False: there was none to give.
    func release() -> Bool
    /// Takes the space again if it was given up. False: there is not enough space for it.
    func restore() -> Bool
}
