import Secrets

extension Function {
    static let encodings: [Function] = [
        Function("jsonencode", 1) { call throws(EvaluationError) in .string(call.arguments[0].json) },
        Function("jsondecode", 1) { call throws(EvaluationError) in try Value(json: call.text(0)) },
        Function("base64encode", 1) { call throws(EvaluationError) in .string(Base64.text(of: Array(try call.text(0).utf8))) },
        Function("base64decode", 1) { call throws(EvaluationError) in
            // Line ends do not count.
            let letters = String(try call.text(0).unicodeScalars.filter { $0 != "\n" && $0 != "\r" })
            guard let bytes = Base64.bytes(of: letters, padding: .required), let text = String(validating: bytes, as: UTF8.self) else {
                throw EvaluationError("base64decode() needs base64 of UTF-8 text")
            }
            return .string(text)
        },
        Function("urlencode", 1) { call throws(EvaluationError) in .string(urlEncoded(try call.text(0))) },
    ]

    /// As Go's `url.QueryEscape`.
    private static func urlEncoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "~": result.unicodeScalars.append(scalar)
            case " ": result += "+"
            default: result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}
