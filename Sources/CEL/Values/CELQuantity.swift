/// A Kubernetes quantity, exactly: `number` times 10^`exponent`.
package final class CELQuantity: Sendable {
    let number: Int128
    let exponent: Int
    /// As it was written or as it is printed.
    package let text: String

    init(number: Int128, exponent: Int, text: String) {
        self.number = number
        self.exponent = exponent
        self.text = text
    }
}
