extension ScalarSet.Category {
    /// The two-letter names of the Unicode standard; one letter stands for all that start with it.
    static let names = [
        "Cc", "Cf", "Cn", "Co", "Cs", "Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Me", "Mn", "Nd", "Nl", "No", "Pc", "Pd", "Pe", "Pf", "Pi",
        "Po", "Ps", "Sc", "Sk", "Sm", "So", "Zl", "Zp", "Zs",
    ]

    init?(named name: String, isNegated: Bool) {
        guard !name.isEmpty, Self.names.contains(where: { $0.hasPrefix(name) }) else { return nil }
        self.init(name: name, isNegated: isNegated)
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory.shortName.hasPrefix(name) != isNegated
    }
}

extension Unicode.GeneralCategory {
    fileprivate var shortName: String {
        switch self {
        case .control: "Cc"
        case .format: "Cf"
        case .unassigned: "Cn"
        case .privateUse: "Co"
        case .surrogate: "Cs"
        case .lowercaseLetter: "Ll"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .titlecaseLetter: "Lt"
        case .uppercaseLetter: "Lu"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .nonspacingMark: "Mn"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .closePunctuation: "Pe"
        case .finalPunctuation: "Pf"
        case .initialPunctuation: "Pi"
        case .otherPunctuation: "Po"
        case .openPunctuation: "Ps"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .mathSymbol: "Sm"
        case .otherSymbol: "So"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .spaceSeparator: "Zs"
        @unknown default: "Cn"
        }
    }
}
