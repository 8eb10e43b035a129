# Qui voit quoi, mes données, l'effacement, et ne pas être compté.

privacy-bot = Copain
privacy-platform-slack = Slack
privacy-platform-matrix = Matrix
privacy-platform-terminal = ce terminal
privacy-administrator = l'organisation qui fournit { $platform }
privacy-admin-reads-terminal = peut lire tout ce qui s'écrit dans cette démonstration, y compris avec { $bot }
privacy-unsaid = à demander à la coordination
privacy-rewritten = Ce message parlait d'une personne dont les données sont effacées.

who-sees-visitor-member = **Les { $n_members } membres** : votre nom, et ce que vous écrivez dans les salons où vous êtes.
who-sees-visitor-animator = **L'animation** ({ $animators }) : aussi votre demande d'entrée, si vous en faites une.
who-sees-visitor-coordinator = **La coordination** ({ $coordinators }) : la même chose, et la décision prise sur votre demande.
who-sees-visitor-server-administrator = **La personne qui administre la messagerie** ({ $platform_admin }) : { $admin_reads }; vos clics peuvent y rester. { $bot }, lui, ne compte rien de ce que vous faites et ne garde pas vos messages.

who-sees-nameless = **Une réponse sans votre nom** : les membres la lisent dans le fil. { $bot } ne garde nulle part de qui elle vient; la messagerie, elle, garde ce que vous m'avez écrit en privé, et une façon d'écrire se reconnaît.

my-data-title = **Ce que je garde sur vous en ce moment**
my-data-none = Je ne garde rien sur vous.
my-data-line = - **{ $why }**. Conservé : { $kept }. Visible par : { $seen }.
my-data-never = Ce que vous écrivez aux autres n'est jamais dans cette liste : je ne le garde pas.
export-ready = Voici tout ce que je garde sur vous, dans un fichier JSON. Personne d'autre ne le reçoit.
forget-confirm = **Tout effacer, maintenant?** C'est définitif.

    - **Effacé** : votre nom, vos réglages, vos réponses, vos rappels. Vous ne serez plus membre.
    - **Ce qui reste** : des totaux sans nom; dans le journal des décisions, les gestes sans votre nom.
    - **Ce que je ne peux pas effacer** : vos messages dans { $platform }. Vous le pouvez.
    - **Les copies de sauvegarde** suivent en 30 jours au plus.
forget-everywhere = Cela vaut pour toutes vos communautés : { $communities }.
forget-done =
    C'est fait. Il ne reste rien de vous chez moi : ni nom, ni compte, ni réglage. Ceux de mes messages qui vous nommaient sont réécrits ou retirés.

    Vos messages dans { $platform } y restent; vous pouvez les effacer vous-même. Les copies de sauvegarde suivent en 30 jours au plus. Si vous m'écrivez de nouveau, je ne vous reconnaîtrai pas.
forget-done-here = C'est fait : tout ce que je gardais sur vous dans **{ $community }** est effacé. Rien ne change dans vos autres communautés.
count-off = C'est noté : votre activité n'est plus comptée. Vous restez membre, et rien d'autre ne change.
count-removed =
    { $n ->
        [one] Une trace déjà comptée est effacée.
       *[other] { $n } traces déjà comptées sont effacées.
    }
count-on = C'est noté : à partir de maintenant, votre activité compte dans les totaux, sans votre nom.

button-who-sees = Qui voit quoi?
button-my-data = Mes données
button-export = Recevoir mes données
button-forget = Tout effacer
button-forget-yes = Oui, tout effacer
button-keep = Ne rien changer
button-count-me = Me compter

help-privacy = montre qui voit quoi, puis vos données
help-privacy-export = vous envoie tout ce que je garde sur vous
help-privacy-forget = efface tout ce que je garde sur vous, après confirmation
