package import Diagnostics

/// Where a value was written, and how it got from there to where it is used.
///
/// An editor may replace the text of `range` only where `computed` is nil: then the text is the literal itself. The path says what lies
/// between the literal and its use, so that whoever edits can decide which detours are acceptable.
package struct Origin: Sendable {
    package var file: SourceFile
    /// The literal, or the expression that computes the value.
    package var range: Range<Int>
    /// Why the value is not the text of `range`: `computed by lower()`.
    package var computed: String?
    /// From the literal outwards.
    package var path: [Step]

    package init(file: SourceFile, range: Range<Int>, computed: String? = nil, path: [Step] = []) {
        self.file = file
        self.range = range
        self.computed = computed
        self.path = path
    }

    package var isLiteral: Bool { computed == nil }
    package var sourceRange: SourceRange { SourceRange(file, range) }

    /// One thing that a value went through unchanged.
    package enum Step: Hashable, Sendable {
        /// A named value was followed: `local.common`. `scope` is the module's path, empty for the root.
        case reference(Reference)
        /// `c ? a : b` chose it.
        case condition
        /// It came through `each.value` or `each.key`.
        case each
        /// It was an element over which a `for` expression or a splat runs.
        case iteration
        /// A function picked it, such as lookup().
        case function(String)
    }

    /// A named value.
    package struct Reference: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            case local
            /// A variable's default.
            case variableDefault
            /// A variable that a `.tfvars` file sets.
            case variableFile
            /// A variable that the module's caller sets.
            case argument
            case output
            /// A resource's argument.
            case resource
        }

        package var kind: Kind
        package var name: String
        /// The module's path in addresses, `module.a["x"]`; empty for the root.
        package var scope: String

        package init(_ kind: Kind, _ name: String, in scope: String) {
            self.kind = kind
            self.name = name
            self.scope = scope
        }
    }
}

extension Origin {
    package var viaCondition: Bool { path.contains(.condition) }
    package var viaFunction: Bool {
        path.contains { step in
            if case .function = step { return true }
            return false
        }
    }

    /// What lies between the literal and its use besides references, in words; nil when nothing does.
    package var detour: String? {
        for step in path {
            switch step {
            case .reference: continue
            case .condition: return "chosen by a condition"
            case .each: return "taken from each.value"
            case .iteration: return "taken from a for expression"
            case .function(let name): return "chosen by \(name)()"
            }
        }
        return nil
    }
}
