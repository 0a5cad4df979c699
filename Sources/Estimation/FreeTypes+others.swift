extension FreeTypes {
    /// Of other providers, with their prefixes.
    static let others = """
        local_file null_resource random_id random_integer random_password random_pet random_shuffle random_string random_uuid template_dir
        time_offset time_rotating time_sleep time_static tls_locally_signed_cert tls_private_key tls_self_signed_cert
        """
}
