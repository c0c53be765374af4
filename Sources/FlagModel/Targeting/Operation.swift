/// The operations of JSONLogic (jsonlogic.com) and flagd's additions, under the names that rules use.
enum Operation: String, CaseIterable {
    // Data
    case variable = "var"
    case missing
    case missingSome = "missing_some"
    // Logic
    case condition = "if"
    case ternary = "?:"
    case equal = "=="
    case strictlyEqual = "==="
    case notEqual = "!="
    case strictlyNotEqual = "!=="
    case not = "!"
    case truth = "!!"
    case or
    case and
    // Numbers
    case greater = ">"
    case greaterOrEqual = ">="
    case less = "<"
    case lessOrEqual = "<="
    case maximum = "max"
    case minimum = "min"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    // Arrays
    case map
    case reduce
    case filter
    case all
    case none
    case some
    case merge
    case contains = "in"
    // Strings
    case concatenate = "cat"
    case substring = "substr"
    case log
    // flagd
    case fractional
    case semanticVersion = "sem_ver"
    case startsWith = "starts_with"
    case endsWith = "ends_with"

    /// Whether the second argument is a rule about the elements of the first one, with a scope of its own.
    var looksIntoElements: Bool {
        switch self {
        case .map, .reduce, .filter, .all, .none, .some: true
        default: false
        }
    }

    /// Whether the result depends on nothing but the arguments.
    var isPure: Bool {
        switch self {
        case .variable, .missing, .missingSome, .log: false
        // Without a value of its own to hash it takes the context's; with one there is nothing to gain.
        case .fractional: false
        default: true
        }
    }
}
