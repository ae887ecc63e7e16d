extension Words {
    static let spanish = Words(
        mail: Mail(
            subject: { "\($0) mensajes sin leer en \($1) conversaciones" },
            subjectOfOne: { $0 == 1 ? "Mensaje sin leer: \($1)" : "\($0) mensajes sin leer: \($1)" },
            hello: { "Hola, \($0):" },
            waiting: { "estos mensajes le esperan en el portal de \($0):" },
            count: { count, since in
                count == "1" ? "1 mensaje sin leer, desde \(since)" : "\(count) mensajes sin leer, desde \(since)"
            },
            file: "[archivo]", open: "Abrir la conversación",
            why:
                "Recibe este correo porque hay mensajes que quedaron sin leer mientras no estaba. Las conversaciones silenciadas no se incluyen.",
            stop: "No recibir más estos correos",
            more: { $0 == 1 ? "y 1 conversación más" : "y \($0) conversaciones más" }),
        page: Page(
            product: "Patchbay", toPortal: "Ir al portal",
            overTitle: "Este enlace es demasiado antiguo",
            over:
                "Los enlaces de los correos solo funcionan unos días. Inicie sesión en el portal para encontrar la conversación.",
            brokenTitle: "Este enlace no funciona",
            broken: "La dirección está incompleta o se modificó por el camino. Abra el enlace desde el propio correo.",
            goneTitle: "Esta conversación ya no existe",
            gone: "Se eliminó, o su número pertenece ahora a otra persona.",
            stopTitle: "¿Dejar de recibir correos sobre mensajes sin leer?",
            stopQuestion: {
                "No se enviarán más correos sobre mensajes sin leer a \($0). Sus mensajes siguen en el portal."
            },
            stopButton: "Dejar de recibirlos",
            stoppedTitle: "Ya no recibirá estos correos",
            stopped:
                "No recibirá más correos sobre mensajes sin leer. Puede cambiarlo cuando quiera en los ajustes del portal.",
            againButton: "Sí quiero recibirlos",
            onTitle: "Los correos vuelven a estar activados",
            isOn: "Recibirá un correo cuando queden mensajes sin leer mientras no está."),
        trial: Trial(
            subject: "Prueba de los correos del portal",
            text:
                "La administración ha enviado este correo para comprobar si el portal puede enviar correos. Puede hacerlo."
        ))

    static let french = Words(
        mail: Mail(
            subject: { "\($0) messages non lus dans \($1) conversations" },
            subjectOfOne: { $0 == 1 ? "Message non lu : \($1)" : "\($0) messages non lus : \($1)" },
            hello: { "Bonjour \($0)," },
            waiting: { "ces messages vous attendent sur le portail de \($0) :" },
            count: { count, since in
                count == "1" ? "1 message non lu, depuis le \(since)" : "\(count) messages non lus, depuis le \(since)"
            },
            file: "[fichier]", open: "Ouvrir la conversation",
            why:
                "Vous recevez cet e-mail parce que des messages sont restés non lus pendant votre absence. Les conversations en sourdine n’y figurent pas.",
            stop: "Ne plus recevoir ces e-mails",
            more: { $0 == 1 ? "et 1 autre conversation" : "et \($0) autres conversations" }),
        page: Page(
            product: "Patchbay", toPortal: "Aller au portail",
            overTitle: "Ce lien est trop ancien",
            over:
                "Les liens des e-mails ne fonctionnent que quelques jours. Connectez-vous au portail pour retrouver la conversation.",
            brokenTitle: "Ce lien ne fonctionne pas",
            broken: "L’adresse est incomplète ou a été modifiée en route. Ouvrez le lien dans l’e-mail lui-même.",
            goneTitle: "Cette conversation n’existe plus",
            gone: "Elle a été supprimée, ou son numéro appartient maintenant à quelqu’un d’autre.",
            stopTitle: "Ne plus recevoir d’e-mails sur les messages non lus ?",
            stopQuestion: {
                "Plus aucun e-mail sur des messages non lus ne sera envoyé à \($0). Vos messages restent sur le portail."
            },
            stopButton: "Ne plus les recevoir",
            stoppedTitle: "Vous ne recevrez plus ces e-mails",
            stopped:
                "Vous ne recevez plus d’e-mails sur les messages non lus. Vous pouvez changer cela à tout moment dans les paramètres du portail.",
            againButton: "Finalement, je les veux",
            onTitle: "Les e-mails sont de nouveau activés",
            isOn: "Vous recevez un e-mail quand des messages restent non lus pendant votre absence."),
        trial: Trial(
            subject: "Test des e-mails du portail",
            text: "L’administration a envoyé cet e-mail pour vérifier que le portail peut en envoyer. C’est le cas."))
}
