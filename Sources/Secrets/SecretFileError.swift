/// Why a file of secrets was not read: a person must fix it. The message names the file and never what is in it.
package struct SecretFileError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// It is not there, or the system does not let us.
        case unreadable
        case notAFile
        /// Another user's.
        case foreign
        /// Others may read or write it.
        case open
        case tooLarge, empty
        /// Not UTF-8.
        case notText
        /// Not one line of printable ASCII.
        case notAToken
    }

    package let code: Code
    package let message: String

    package var description: String { message }

    init(code: Code, file: String, reason: String) {
        self.code = code
        message =
            switch code {
            case .unreadable: "cannot read \(file): \(reason)"
            case .notAFile: "\(file) is not a regular file"
            case .foreign: "\(file) belongs to another user"
            case .open: "\(file) can be read by others: run chmod 600 on it"
            case .tooLarge: "\(file) is larger than \(SecretFile.sizeLimit >> 10) KiB"
            case .empty: "\(file) is empty"
            case .notText: "\(file) is not UTF-8"
            case .notAToken: "\(file) does not hold one line with a token of printable ASCII, without spaces"
            }
    }
}
