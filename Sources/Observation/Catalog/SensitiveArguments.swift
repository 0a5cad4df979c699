import HCL

/// Arguments and attributes that providers mark as sensitive: Terraform does not show them, and neither does anything here.
///
/// Providers say so in their schemas, which are not at hand. Their names follow few patterns; a name too many costs a value that no tag or
/// size should be made of, a name too few shows a secret.
enum SensitiveArguments {
    /// Whether a value may be a secret: true and false are none, whatever they are called. So an argument that says whether to make a secret, or to
    /// use one, is shown.
    static func hides(_ value: Value, of name: String, in type: String) -> Bool {
        if case .bool = value.kind { return false }
        return contains(name, of: type)
    }

    static func contains(_ name: String, of type: String) -> Bool {
        if words.contains(where: { name.hasSuffix($0) }) || name.hasSuffix("_wo") { return true }
        if namesSecret(name) { return !harmless.contains { name.hasSuffix($0) } }
        return ofTypes[type]?.contains(name) ?? false
    }

    /// Asked of every argument that is written: by bytes, which takes a tenth of the time of looking for characters.
    private static func namesSecret(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { bytes in
            bytes.indices.contains { start in
                let rest = UnsafeBufferPointer(rebasing: bytes[start...])
                return parts.contains { $0.withUTF8Buffer { rest.count >= $0.count && rest.prefix($0.count).elementsEqual($0) } }
            }
        }
    }

    /// What names end in.
    private static let words = [
        "connection_string", "sas_token", "auth_token", "api_key", "access_key", "account_key", "kube_config_raw", "shared_key",
        "custom_data",
    ]
    private static let parts: [StaticString] = [
        "password", "passphrase", "secret", "private_key", "credential", "token", "preshared", "pre_shared", "key_material", "sensitive_",
    ]
    /// What names a secret and is none.
    private static let harmless = [
        "_arn", "_id", "_ids", "_name", "_names", "_version", "_versions", "_wo_version", "_policy", "_enabled", "_length", "_type",
        "_types",
        "_date", "_ttl", "_validity", "_validity_units", "_tokens", "_days", "_url", "_endpoint", "_lifetime", "_expiration",
    ]
    private static let ofTypes: [String: Set<String>] = [
        "aws_ssm_parameter": ["value"],
        "aws_iam_access_key": ["ses_smtp_password_v4"],
        "aws_cloudwatch_event_connection": ["auth_parameters"],
        "aws_dx_macsec_key_association": ["cak", "ckn"],
        "aws_emr_cluster": ["kerberos_attributes"],
        "aws_glue_connection": ["connection_properties"],
        "aws_memorydb_user": ["authentication_mode"],
        "azurerm_api_management_named_value": ["value"],
        "google_compute_disk": ["disk_encryption_key"],
        "google_storage_bucket_object": ["content"],
        "azurerm_key_vault_secret": ["value"],
        "azurerm_app_configuration_key": ["value"],
        "google_secret_manager_secret_version": ["secret_data"],
        "kubernetes_secret": ["data", "binary_data"],
        "kubernetes_secret_v1": ["data", "binary_data"],
        "random_password": ["result", "bcrypt_hash"],
        "random_bytes": ["base64", "hex"],
        "local_sensitive_file": ["content", "content_base64"],
        "helm_release": ["set_sensitive"],
        "tls_self_signed_cert": ["private_key_pem"],
        "terraform_data": [],
        "vault_generic_secret": ["data_json"],
        "github_actions_secret": ["plaintext_value", "encrypted_value"],
    ]
}
