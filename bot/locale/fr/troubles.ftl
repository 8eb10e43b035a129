# Ce qui n'a pas marché en coulisses, dit une fois à qui peut y faire quelque chose.

troubles-undelivered = Un message n'a pas pu être remis { $where }, malgré plusieurs essais. Il ne partira plus. Le salon existe-t-il encore, et suis-je dedans?
troubles-door = **À faire à la main** · Quelqu'un de la communauté frappe à la porte de { $space }, et je n'ai pas le droit d'ouvrir moi-même.
troubles-in-private = à une personne, en privé
troubles-in-space = dans « { $space } »
troubles-parked =
    Une tâche prévue a échoué plusieurs fois de mon côté; je ne la tente plus.
    Référence à donner à { $technical } : **{ $reference }**

# Un message chiffré dont le robot n'a pas reçu la clé.
troubles-unreadable-private =
    Je n'ai pas pu lire votre message : il est chiffré, et sa clé ne m'est pas parvenue.

    Écrivez-le de nouveau, cela suffit presque toujours. Sinon, vérifiez votre session dans les réglages de sécurité de votre application, puis réécrivez-moi.
troubles-unreadable-space =
    Je n'ai pas pu lire un message d'ici : il est chiffré, et sa clé ne m'est pas parvenue. S'il m'était destiné, écrivez-le de nouveau, cela suffit presque toujours.

    Pour l'équipe d'animation : je ne lis que ce qui est écrit depuis que je suis dans le salon. Si cela revient, il suffit souvent de vérifier la session de la personne qui écrit. Je ne le redirai pas ici.
