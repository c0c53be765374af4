/// How the probability of a mistaken verdict is shared out.
enum ErrorBudget {
    /// Of an error for all looks that there will ever be, however many, the part of one of them: 1/2 for the first, 1/6 for
    /// the second, then 1/12, 1/20, …, which add up to 1.
    static func share(of error: Double, _ number: Int) -> Double {
        error / (Double(number) * Double(number + 1))
    }
}
