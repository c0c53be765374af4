/// One of the three streams that a program starts with.
enum StandardStream: Int32, Sendable {
    /// What the program reads.
    case input = 0
    /// What was asked for.
    case output = 1
    /// What people should know besides.
    case errors = 2
}
