package import CostModel

extension Money {
    /// For people: `$1,234`, `$7.40`, `1,234 EUR`. Cents are shown under ten units only.
    package var short: String {
        let rounded = amount.rounded(to: 2, grouped: false)
        let isSmall = amount.magnitude < FixedDecimal(10) && rounded != "0.00"
        return written(amount.rounded(to: isSmall ? 2 : 0))
    }

    /// A difference: `+$412`, `−$4.20`, `±$0`.
    package var signed: String {
        let shown = Money(amount.magnitude, currency).short
        guard shown != Money.zero(currency).short else { return "±\(shown)" }
        return (amount < .zero ? "−" : "+") + shown
    }

    /// With cents, for columns that are added up: `$1,234.50`, `1,234.50 EUR`.
    package var cents: String { written(amount.rounded(to: 2)) }

    private func written(_ number: String) -> String {
        guard currency == .usd else { return "\(number) \(currency)" }
        return number.hasPrefix("-") ? "-$\(number.dropFirst())" : "$\(number)"
    }
}

package enum Bar {
    /// A share between 0 and 1 as a bar, exact to an eighth of a column.
    package static func of(_ share: Double, width: Int) -> String {
        let eighths = Int((min(max(share, 0), 1) * Double(width * 8)).rounded())
        let partial = eighths % 8 == 0 ? "" : String(["▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8 - 1])
        let full = eighths / 8 + (partial.isEmpty ? 0 : 1)
        return String(repeating: "█", count: eighths / 8) + partial + String(repeating: "░", count: width - full)
    }
}

/// `1 change`, `12 changes`.
package func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// `42 %`; nil becomes a dash.
func percent(_ share: Double?) -> String {
    guard let share, share.isFinite else { return "–" }
    return "\(Int((share * 100).rounded())) %"
}
