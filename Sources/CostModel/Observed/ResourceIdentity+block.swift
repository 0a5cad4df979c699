extension ResourceIdentity {
    /// The block that declares it, of whatever instances.
    package var block: ResourceIdentity { ResourceIdentity(root: root, address: blockAddress) }

    /// The address without the keys of instances: `module.ledger.aws_instance.web`.
    package var blockAddress: String {
        var result = ""
        var isKey = false
        var isQuoted = false
        var isEscaped = false
        for character in address {
            switch character {
            case _ where isEscaped: isEscaped = false
            case "\\" where isQuoted: isEscaped = true
            case "\"" where isKey: isQuoted.toggle()
            case "[" where !isKey: isKey = true
            case "]" where isKey && !isQuoted: isKey = false
            case _ where !isKey: result.append(character)
            default: break
            }
        }
        // A key that never ends is none.
        return isKey ? address : result
    }
}
