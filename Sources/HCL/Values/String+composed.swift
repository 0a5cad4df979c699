@_spi(_Unicode) import Swift

extension String {
    /// The text in Unicode's composed form (NFC), which every text of Terraform has: `e` and an accent behind it are `é`.
    ///
    /// Swift compares both forms as equal, but functions look at bytes, and so do maps.
    package var composed: String {
        guard !utf8.allSatisfy({ $0 < 0x80 }) else { return self }
        var span = utf8Span
        guard !span.checkForNFC(quickCheck: false) else { return self }
        var scalars = String.UnicodeScalarView()
        for scalar in _nfc { scalars.append(scalar) }
        return String(scalars)
    }
}
